import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePng, encodePng } from '@dgx-pixels/comfy-embedded';
import { readPngTexts } from '@dgx-pixels/comfy-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from './run-cli.ts';

const envelope = z.object({
  data: z
    .looseObject({
      picturesEqual: z.boolean(),
      template: z.string().nullable(),
      differences: z.array(z.object({ what: z.string(), then: z.string(), now: z.string() })),
      files: z.array(z.string()),
    })
    .nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});

let folder: string;
/** A folder that `generate run --template` left. */
let made: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-cli-'));
  const output = join(folder, 'out');
  await runCli(['generate', 'run', '-t', 'icon-set', '--set', 'steps=2', '-o', output]);
  made = join(output, (await readdir(output))[0]!);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function replay(path: string, ...args: string[]) {
  const { code, stdout } = await runCli(['generate', 'replay', path, ...args, '--json']);
  return { code, ...envelope.parse(JSON.parse(stdout)) };
}

/** A PNG with other pixels, or other texts, than the one at the path. */
async function forge(path: string, change: { dot?: boolean; texts?: Record<string, string> }): Promise<string> {
  const bytes = await readFile(path);
  const picture = await decodePng(bytes);
  if (change.dot === true) picture.rgba.set([1, 2, 3, 255], 0);
  const texts = { ...Object.fromEntries(readPngTexts(bytes)), ...change.texts };
  const chunks = Object.entries(texts).map(([keyword, text]) => ({ keyword, text }));
  const forged = join(folder, `forged-${Math.random()}.png`);
  await writeFile(forged, await encodePng(picture, chunks, 6));
  return forged;
}

/** The record with some of its text replaced. */
async function edit(...changes: readonly (readonly [string | RegExp, string])[]): Promise<string> {
  let text = await readFile(join(made, 'record.json'), 'utf8');
  for (const [from, to] of changes) text = text.replaceAll(from, to);
  const file = join(folder, `record-${Math.random()}.json`);
  await writeFile(file, text);
  return file;
}

describe('generate replay', () => {
  it.each(['record.json', '3.png', 'sheet.png', 'received/2.png'])(
    'makes %s again, equal to the last pixel',
    async (name) => {
      expect(await replay(join(made, name))).toMatchObject({ code: 0, data: { picturesEqual: true, differences: [] } });
    },
  );

  it('keeps what it made if asked to', async () => {
    const output = join(folder, 'kept');
    const { data } = await replay(join(made, '1.png'), '-o', output);
    expect(data?.files.map((file) => file.replace(`${output}/`, ''))).toEqual(await readdir(output));
    expect(data?.files).toHaveLength(4);
  });

  it.each(['1.png', 'received/1.png'])('ends with 3 when %s has other pixels, and counts them', async (name) => {
    const { code, data } = await replay(await forge(join(made, name), { dot: true }));
    expect({ code, equal: data?.picturesEqual }).toEqual({ code: 3, equal: false });
    expect(data?.differences[0]).toMatchObject({
      what: 'pictures',
      now: expect.stringMatching(/^1 of \d+ pixels differ/) as string,
    });
  });

  it('says that engine, model and template are others than then', async () => {
    const record = await edit(
      [/0\.3\.64\+dgx[\w.]*/g, '0.3.1'],
      [/"modelSha256": \[\s*"\w{4}/g, '"modelSha256": ["0000'],
      ['"negative": ""', '"negative": "a cat"'],
    );
    const { code, data } = await replay(record);
    expect(code).toBe(0);
    expect(data?.differences.map(({ what }) => what)).toEqual(['engine version', 'model', 'template']);
  });

  it('says which pictures of a record differ', async () => {
    const { code, data } = await replay(await edit([/"pixelsSha256": "\w{4}/g, '"pixelsSha256": "0000']));
    expect(code).toBe(3);
    expect(data?.differences.map(({ then }) => then)).toEqual(['4 as received', '4 as finished']);
  });

  it('names what the server lacks', async () => {
    const { code, error } = await replay(await edit(['pixel-sprites.safetensors', 'absent.safetensors']));
    expect({ code, error: error?.code }).toEqual({ code: 2, error: 'CLI_WORKFLOW_REFUSED' });
    expect(error?.message).toContain('absent.safetensors');
  });

  it.each([
    [
      'engine-check',
      join(import.meta.dirname, '../../../libs/evidence/test/fixtures/v1/engine-check.json'),
      'engine-check',
    ],
    ['a text', import.meta.filename, 'it is no PNG'],
    ['package.json', join(import.meta.dirname, '../package.json'), 'no record'],
  ])('refuses %s', async (_name, path, said) => {
    const { code, error } = await replay(path);
    expect(code).toBe(2);
    expect(error?.message).toContain(said);
  });

  it.each([
    ['no JSON', { 'dgx-pixels': '{' }, 'CLI_REPLAY_IMPOSSIBLE'],
    ['something else', { 'dgx-pixels': '{"template": 1}' }, 'CLI_REPLAY_IMPOSSIBLE'],
    ['a workflow that is none', { prompt: '{"1": []}' }, 'COMFY_GRAPH_INVALID'],
  ])('refuses a picture whose text is %s', async (_name, texts, wanted) => {
    const { code, error } = await replay(await forge(join(made, '1.png'), { texts }));
    expect({ code, error: error?.code }).toEqual({ code: 2, error: wanted });
  });

  it('does not follow a template name that leads elsewhere', async () => {
    const origin = {
      template: '../../secret',
      picture: 1,
      engine: { kind: 'embedded', version: '1', modelSha256: [] },
    };
    const { code, data } = await replay(
      await forge(join(made, '1.png'), { texts: { 'dgx-pixels': JSON.stringify(origin) } }),
    );
    expect({ code, template: data?.template }).toEqual({ code: 3, template: '../../secret' });
  });
});
