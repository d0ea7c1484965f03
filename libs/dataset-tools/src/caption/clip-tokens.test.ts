import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { countClipTokens } from './clip-tokens.ts';

const golden = z.object({ captions: z.array(z.tuple([z.string(), z.number()])).min(200) });

it("counts as CLIP's own tokenizer does", async () => {
  const file = new URL('../../fixtures/clip-token-counts.json', import.meta.url);
  const { captions } = golden.parse(JSON.parse(await readFile(file, 'utf8')));
  for (const [caption, tokens] of captions)
    expect([caption, await countClipTokens(caption)]).toEqual([caption, tokens]);
});
