import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from './run-cli.ts';

const envelope = z.object({
  data: z
    .object({
      counts: z.object({ done: z.number(), skipped: z.number(), failed: z.number(), notRun: z.number() }),
      entries: z.array(z.looseObject({ status: z.string(), place: z.string(), folder: z.string().optional() })),
    })
    .nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});

let folder: string;
let output: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-cli-'));
  output = join(folder, 'out');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const quick = (seed: number, more: Record<string, unknown> = {}): string =>
  JSON.stringify({ template: 'txt2img', parameters: { steps: 1, seed, ...more } });

async function batch(text: string, name = 'requests.jsonl') {
  await writeFile(join(folder, name), text);
  const { code, stdout } = await runCli(['generate', 'batch', join(folder, name), '-o', output, '--json']);
  return { code, ...envelope.parse(JSON.parse(stdout)) };
}
const folders = async (): Promise<string[]> => (await readdir(output)).filter((name) => name !== 'batch-journal.jsonl');

describe('generate batch', () => {
  it('makes every request, and a second time only what is new or was lost', async () => {
    const first = await batch(`${quick(1)}\n\n${quick(2)}\n`);
    expect(first).toMatchObject({ code: 0, data: { counts: { done: 2, skipped: 0, failed: 0 } } });
    expect(await folders()).toHaveLength(2);
    await rm(join(output, first.data!.entries[0]!.folder!), { recursive: true });
    const second = await batch(`${quick(1)}\n${quick(2)}\n${quick(3)}\n${quick(3)}\n`);
    expect(second).toMatchObject({ code: 0, data: { counts: { done: 2, skipped: 2, failed: 0 } } });
    expect(second.data?.entries.map(({ status }) => status)).toEqual(['done', 'skipped', 'done', 'skipped']);
    expect(await folders()).toHaveLength(3);
  });

  it('goes on after a journal whose last line was cut off', async () => {
    await batch(`${quick(1)}\n${quick(2)}\n`);
    const journal = join(output, 'batch-journal.jsonl');
    const text = await readFile(journal, 'utf8');
    await writeFile(journal, `nonsense\n{"fingerprint": 1, "folder": "../.."}\n${text.slice(0, -20)}`);
    expect((await batch(`${quick(1)}\n${quick(2)}\n`)).data?.counts).toMatchObject({ done: 1, skipped: 1 });
    // The cut line stands by itself: it has not swallowed the new one.
    const lines = (await readFile(journal, 'utf8')).trimEnd().split('\n');
    expect(() => JSON.parse(lines.at(-1)!) as unknown).not.toThrow();
    expect(lines).toHaveLength(5);
  });

  it('ends with 7 when some requests fail, keeps the others, and tries the failed ones again', async () => {
    const text = `${quick(1)}\n${quick(2, { checkpoint: 'absent.safetensors' })}\n${quick(3)}\n`;
    const partly = await batch(text);
    expect(partly).toMatchObject({ code: 7, data: { counts: { done: 2, failed: 1, notRun: 0 } } });
    expect(partly.data?.entries[1]).toMatchObject({ status: 'failed', code: 'CLI_WORKFLOW_REFUSED', place: 'line 2' });
    expect((await batch(text)).data?.counts).toMatchObject({ done: 0, skipped: 2, failed: 1 });
  });

  it('ends with the code of the failure when none succeeds', async () => {
    expect((await batch(quick(2, { checkpoint: 'absent.safetensors' }))).code).toBe(2);
  });

  it('reads TOML, with seeds to the last bit', async () => {
    const text = '[[request]]\ntemplate = "txt2img"\n[request.parameters]\nsteps = 1\nseed = 9223372036854775807\n';
    const { code, data } = await batch(text, 'requests.toml');
    expect(code).toBe(0);
    const record = await readFile(join(output, data!.entries[0]!.folder!, 'record.json'), 'utf8');
    expect(record).toContain('"seed": "9223372036854775807"');
  });

  it.each([
    [
      'requests.jsonl',
      `${quick(1)}\nnot json\n{"template": "nowhere"}\n${quick(1, { step: 1 })}\n{"name": 1}\n`,
      [
        'line 2: it is no JSON',
        'line 3: there is no template "nowhere"',
        'line 4: there is no parameter "step"',
        'line 5: /template',
      ],
    ],
    ['requests.jsonl', '\n', ['there are no requests']],
    ['requests.toml', '[[request]]\ntemplate = = 1', ['line 2']],
    ['requests.toml', 'request = 1', ['[[request]] tables']],
  ])('refuses %s with faults, all of them at once, and runs nothing', async (name, text, said) => {
    const { code, error } = await batch(text, name);
    expect({ code, error: error?.code }).toEqual({ code: 2, error: 'CLI_BATCH_INVALID' });
    for (const part of said) expect(error?.message).toContain(part);
    await expect(readdir(output)).rejects.toThrow('ENOENT');
  });

  it('stopped half-way, keeps what is done and goes on from there', async () => {
    const file = join(folder, 'requests.jsonl');
    await writeFile(file, `${quick(1)}\n${quick(2, { steps: 200, batchSize: 8 })}\n`);
    const stopped = await runCli(['generate', 'batch', file, '-o', output], {
      interrupt: { after: 'line 2', signal: 'SIGINT' },
    });
    expect(stopped.code).toBe(130);
    expect(await folders()).toHaveLength(1);
    expect((await batch(`${quick(1)}\n${quick(2)}\n`)).data?.counts).toMatchObject({ done: 1, skipped: 1 });
  });
});
