import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from './run-cli.ts';
import { startServe } from './start-serve.ts';

const template = join(import.meta.dirname, '../../../bench/workflows/txt2img.api.json');
const envelope = z.object({
  ok: z.boolean(),
  data: z
    .looseObject({ faults: z.array(z.object({ type: z.string(), nodeId: z.string().nullable() })).optional() })
    .nullable(),
  error: z.object({ code: z.string() }).nullable(),
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function run(...args: string[]) {
  const { code, stdout } = await runCli([...args, '--json']);
  return { code, ...envelope.parse(JSON.parse(stdout)) };
}

describe('generate validate', () => {
  it('finds nothing wrong with the workflow that benchmarks run', async () => {
    expect(await run('generate', 'validate', template)).toMatchObject({ code: 0, data: { faults: [], nodes: 7 } });
  });

  it('says everything that is wrong, and ends with 2', async () => {
    const text = (await readFile(template, 'utf8')).replace('"steps": 20', '"steps": -1');
    const file = join(folder, 'broken.json');
    await writeFile(file, text.replace('{', '{ "9": { "class_type": "Nowhere", "inputs": {} },'));
    const { code, ok, data } = await run('generate', 'validate', file);
    expect({ code, ok }).toEqual({ code: 2, ok: false });
    expect(data?.faults?.map(({ nodeId, type }) => `${nodeId} ${type}`)).toEqual([
      '5 value_smaller_than_min',
      '9 unknown_class',
    ]);
  });

  it('reads the workflow out of a picture that was just made', async () => {
    await runCli(['generate', 'run', '-p', 'a red bird', '--steps', '1', '-o', folder]);
    const [picture = ''] = await readdir(folder);
    expect(await run('generate', 'validate', join(folder, picture))).toMatchObject({ code: 0, data: { nodes: 7 } });
  });

  it.each([
    ['a missing file', 'nowhere.json', 'CLI_INPUT_UNREADABLE'],
    ['a folder', '.', 'CLI_INPUT_UNREADABLE'],
    ['a text that is no JSON', import.meta.filename, 'CLI_INPUT_UNREADABLE'],
  ])('refuses %s', async (_name, path, wanted) => {
    expect(await run('generate', 'validate', path)).toMatchObject({ code: 2, error: { code: wanted } });
  });
});

describe('comfy types', () => {
  it('writes the classes of a server, over an older file, and the same from its saved answer', async () => {
    const server = await startServe([], 'stderr');
    const [direct, saved, info] = ['direct.ts', 'saved.ts', 'object_info.json'].map((name) => join(folder, name));
    await writeFile(direct!, 'older');
    expect(await run('comfy', 'types', '--from', server.url, '-o', direct!)).toMatchObject({ code: 0 });
    await writeFile(info!, await (await fetch(`${server.url}/object_info`)).text());
    await runCli(['comfy', 'types', '--from', info!, '-o', saved!]);
    const [one, other] = [await readFile(direct!, 'utf8'), await readFile(saved!, 'utf8')];
    expect(one).toContain("readonly ckpt_name: 'pixel-sprites.safetensors'");
    // The head of the file names where it is from.
    expect(one.split('\n').slice(1)).toEqual(other.split('\n').slice(1));
  });

  it('refuses a file that describes no classes', async () => {
    const file = join(folder, 'list.json');
    await writeFile(file, '{"KSampler": 1}');
    expect(await run('comfy', 'types', '--from', file)).toMatchObject({
      code: 2,
      error: { code: 'COMFY_OBJECT_INFO_INVALID' },
    });
  });
});
