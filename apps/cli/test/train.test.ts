import { mkdtempSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from './run-cli.ts';

/** Three processes of the trainer, each of which loads PyTorch, on a busy machine. */
const longWait = 600_000;
const runTrainer = (...args: string[]) => runCli(['--json', 'train', ...args], { timeoutMs: longWait });
const folder = mkdtempSync(join(tmpdir(), 'dgx-pixels-train-'));
const icons = join(import.meta.dirname, '../../../datasets/pixel-icons');
const config = join(folder, 'short.toml');
const runs = ['--runs', join(folder, 'runs')];

beforeAll(async () => {
  await writeFile(
    config,
    `dataset = ${JSON.stringify(icons)}
    background = "#ffffff"
    threads = 1
    [training]
    steps = 6
    batch_size = 2
    [validation]
    every = 3
    timesteps = [500]
    train_pictures = 2
    [checkpoint]
    every = 3
    [samples]
    prompts = ["pixelicon, a heart", "pixelicon, a star"]
    seeds = [1]
    steps = 2`,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const dataOf = (stdout: string) => z.object({ data: z.record(z.string(), z.unknown()) }).parse(JSON.parse(stdout)).data;

describe('dgx-pixels train', () => {
  it(
    'trains, tells how it stands, draws the comparison, and hands over an adapter that is whole',
    async () => {
      const started = await runTrainer('start', '--config', config, ...runs);
      expect(dataOf(started.stdout)).toMatchObject({ reason: 'done', step: 6 });
      const status = await runCli(['--json', 'train', 'status', ...runs]);
      expect(dataOf(status.stdout)).toMatchObject({ state: 'done', step: 6, steps: 6, checkpoints: [{ step: 3 }, { step: 6 }] }); // prettier-ignore
      const listed = await runCli(['train', 'ls', ...runs]);
      expect(listed.stdout).toMatch(/done\s+6\/6\s+pixel-icons/);

      const sampled = await runTrainer('sample', ...runs, '--step', '6');
      const { page, loading, samples } = dataOf(sampled.stdout);
      expect(loading).toEqual({ zeroIsBase: true, changed: 2, pictures: 2 });
      expect(samples).toHaveLength(6);
      expect(readFileSync(String(page), 'utf8')).toContain('pixelicon, a heart');

      const adapter = join(folder, 'icons.safetensors');
      expect((await runCli(['train', 'pick', ...runs, '--step', '6', '-o', adapter])).code).toBe(0);
      const checked = await runCli(['--json', 'train', 'check', adapter, '--base', 'bundled', '--rank', '16']);
      expect([checked.code, dataOf(checked.stdout)]).toEqual([0, expect.objectContaining({ modules: 84, faults: [] })]);
      const wrong = await runCli(['train', 'check', adapter, '--base', 'sdxl']);
      expect([wrong.code, wrong.stdout]).toEqual([3, expect.stringContaining('of 722 layers')]);

      const again = await runTrainer('resume', ...runs);
      expect(dataOf(again.stdout)).toMatchObject({ reason: 'done', step: 6 });
    },
    longWait,
  );

  it(
    'proves that a killed and resumed run is the same, bit for bit',
    async () => {
      const proved = await runTrainer('verify-resume', '--config', config, '--half', '4');
      expect(proved.code).toBe(0);
      expect(dataOf(proved.stdout)).toMatchObject({ updates: 8, killedBefore: 7, resumedFrom: 4, exact: true });
    },
    longWait,
  );

  it('says what a run would take, and every fault at once', async () => {
    const planned = await runCli(['train', 'plan', '--config', config, ...runs]);
    expect(planned.stdout).toMatch(/rank 16 on 84 layers .*0\.8 MB/);
    expect(planned.stderr).toContain('train start --config');
    const wrong = await runCli(['train', 'plan', '--dataset', folder, '--preset', 'mission', '--base', folder]);
    expect(wrong.code).toBe(2);
    expect(wrong.stdout).toMatch(/✖ fault .*dataset\.json[^]*✖ fault .*model_index\.json/);
  });

  it.each([
    ['no Python', ['train', 'start', '--config', config], { DGX_PIXELS_PYTHON: '/nowhere/python' }, 4, 'python:setup'],
    ['no run', ['train', 'resume', 'ABC', ...runs], {}, 4, 'train ls'],
    ['no file', ['train', 'check', join(folder, 'none.safetensors')], {}, 2, 'none.safetensors'],
    ['no configuration', ['train', 'plan', '--config', join(folder, 'none.toml')], {}, 2, 'none.toml'],
  ])('%s: a code and the next command', async (_what, args, env, code, hint) => {
    const run = await runCli(args, { env });
    expect([run.code, run.stderr]).toEqual([code, expect.stringContaining(hint)]);
  });
});
