import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from './run-cli.ts';

const failed = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('text that would change how a terminal shows what follows', () => {
  const signs = '\u001b[31m\u009b\u200e\u200f\u202a\u202e\u2066\u2069\u061c';

  it('is shown without its controls', async () => {
    const { stderr } = await runCli(['explain', `A${signs}Z`]);
    expect(stderr).toContain('no error code "AZ"');
  });

  it('keeps its value with --json, where the controls are escaped', async () => {
    const { stdout } = await runCli(['explain', `A${signs}Z`, '--json']);
    expect(stdout).toMatch(/^[\x20-\x7e]*\n$/);
    expect(failed.parse(JSON.parse(stdout)).error.message).toBe(`no error code "A${signs}Z"`);
  });
});

it.each(['(a:nan)', '(a:1e999)', '(a:1e300)', '(a:-inf)'])('the prompt %s is refused as bad input', async (prompt) => {
  const run = await runCli(['generate', 'run', '-p', prompt, '--steps', '1', '-o', folder, '--json']);
  expect(run.code).toBe(2);
  const { error } = failed.parse(JSON.parse(run.stdout));
  expect(error.code).toBe('CLI_WORKFLOW_REFUSED');
  expect(error.message).toContain('weight');
  expect(await readdir(folder)).toEqual([]);
});

it('an image that the disk does not take ends with 4 and the path', async () => {
  // A limit of the system on the size of files: like a full disk, it lets empty files be made and fails the writing.
  const command = join(import.meta.dirname, '../bin/dgx-pixels.mjs');
  const output = join(folder, 'output');
  const words = [process.execPath, command, 'generate', 'run', '-p', 'a bird', '--steps', '1', '-o', output, '--json'];
  const run = spawnSync('sh', ['-c', 'ulimit -f 0 && exec "$@"', 'sh', ...words], {
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, TMPDIR: folder, NODE_DISABLE_COMPILE_CACHE: '1' },
  });
  const { error } = failed.parse(JSON.parse(run.stdout));
  expect({ status: run.status, code: error.code }).toEqual({ status: 4, code: 'EMBEDDED_WRITE_FAILED' });
  expect(error.message).toContain(folder);
  expect(await readdir(output)).toEqual([]);
});

it('status tells what is not measured from what is faulty', async () => {
  const run = await runCli(['status', '--profile', 'gb10-full']);
  expect(run.stdout).toContain('not measured: npx nx run sdxl-bench:ws-05:gb10-full');
  expect(run.stdout).not.toContain('fault');
});
