import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const draw = ['generate', 'run', '-p', 'a bird', '--steps', '1'];

describe('an output that cannot be used', () => {
  it('ends with 4 before the engine is started, and says why', async () => {
    const file = join(folder, 'a file');
    await writeFile(file, 'kept');
    const run = await runCli([...draw, '--output', file]);
    expect(run).toMatchObject({ code: 4, stdout: '' });
    expect(run.stderr).toContain(`cannot write into ${file}: EEXIST`);
    expect(run.stderr).not.toContain('starting the engine');
    expect(await readdir(folder)).toEqual(['a file']);
  });

  it.each(['generate run -p x', 'serve --embedded --port 0'])(
    '%s gives up where folders cannot be made',
    async (text) => {
      // Node's own recursive mkdir works for ever on this path.
      const run = await runCli([...text.split(' '), '--output', '/proc/dgx-pixels']);
      expect(run.code).toBe(4);
      expect(run.stderr).toContain('CLI_OUTPUT_UNWRITABLE');
    },
  );
});

it('a size that the engine would round is refused', async () => {
  const run = await runCli([...draw, '--width', '20', '--output', folder]);
  expect(run.code).toBe(2);
  expect(run.stderr).toContain('multiple of 8');
});

it('ends when the process that started it is killed', async () => {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../bin/dgx-pixels.mjs'), 'serve', '--embedded', '--port', '0', '--output', folder],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  child.stderr.setEncoding('utf8');
  let said = '';
  await new Promise<void>((listening) =>
    child.stderr.on('data', (text: string) => {
      said += text;
      if (said.includes('listening on')) listening();
    }),
  );
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
  expect((await fetch(`${url}/prompt`)).status).toBe(200);
  const allEnded = once(child.stderr, 'close');
  child.kill('SIGKILL');
  // The pipe closes when the last process that holds it has ended.
  await allEnded;
  await expect(fetch(`${url}/prompt`)).rejects.toThrow();
});

describe('--json', () => {
  it.each([
    [[], 2],
    [['gate'], 2],
    [['gate', 'check', '--help'], 0],
    [['--version'], 0],
  ])('prints one document for %j', async (args, code) => {
    const run = await runCli([...args, '--json']);
    expect(run).toMatchObject({ code, stderr: '' });
    expect(JSON.parse(run.stdout)).toMatchObject({ schema: 'dgx-pixels/envelope/v1', ok: code === 0 });
  });
});

it('a usage error names the help of the command that was meant', async () => {
  const run = await runCli(['generate', 'run', '--json']);
  expect(JSON.parse(run.stdout)).toMatchObject({
    command: 'generate run',
    next: ['npx dgx-pixels generate run --help'],
  });
  expect((await runCli(['generate', 'run', '--help'])).code).toBe(0);
});
