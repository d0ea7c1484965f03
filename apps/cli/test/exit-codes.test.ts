import { createServer } from 'node:net';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from './run-cli.ts';

const envelope = z.object({
  schema: z.literal('dgx-pixels/envelope/v1'),
  ok: z.boolean(),
  command: z.string(),
  version: z.string(),
  data: z.unknown(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string() }).nullable(),
  warnings: z.array(z.string()),
  next: z.array(z.string()),
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-cli-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('usage', () => {
  it.each([
    [['frobnicate'], 'unknown command'],
    [['generate', 'run'], '--prompt'],
    [['generate', 'run', '-p', 'a bird', '--steps', '0'], 'from 1 to 200'],
    [['generate', 'run', '-p', 'a bird', '--seed', '-1'], '18446744073709551615'],
    [['gate', 'check', 'm9'], 'm0, m1'],
    [['bench', 'run', '--profile', '../secret'], 'embedded'],
  ])('%j ends with 2 and names the way out', async (args, text) => {
    const run = await runCli(args);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(text);
  });

  it('--help and --version end with 0', async () => {
    expect((await runCli(['--help'])).code).toBe(0);
    expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: '0.1.0\n' });
  });
});

describe('a failed command', () => {
  it('says its code, what happened and what to type next', async () => {
    const run = await runCli(['explain', 'NO_SUCH_CODE']);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(
      /✖ fail {2}explain: no error code "NO_SUCH_CODE" {2}\[CLI_UNKNOWN_ERROR_CODE\]\n {2}next /,
    );
  });

  it('says the same as one JSON envelope with --json', async () => {
    const run = await runCli(['explain', 'NO_SUCH_CODE', '--json']);
    expect(run.stderr).toBe('');
    expect(envelope.parse(JSON.parse(run.stdout))).toMatchObject({
      ok: false,
      error: { code: 'CLI_UNKNOWN_ERROR_CODE' },
    });
  });

  it('with no server at the address ends with 4', async () => {
    const run = await runCli(['generate', 'run', '-p', 'a bird', '--url', 'http://127.0.0.1:9', '-o', folder]);
    expect(run.code).toBe(4);
    expect(await readdir(folder)).toEqual([]);
  });

  it('with the port in use ends with 5', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => holder.once('listening', done));
    const address = z.object({ port: z.number() }).parse(holder.address());
    const run = await runCli(['serve', '--embedded', '--port', String(address.port), '--output', folder]);
    holder.close();
    expect(run.code).toBe(5);
    expect(run.stderr).toContain(String(address.port));
  });
});

describe('generate run', () => {
  it('shows progress, writes the image and names it', async () => {
    const run = await runCli([
      'generate',
      'run',
      '--prompt',
      'a red bird',
      '--seed',
      '7',
      '--output',
      folder,
      '--json',
    ]);
    expect(run.code).toBe(0);
    const { data } = envelope.parse(JSON.parse(run.stdout));
    expect(data).toMatchObject({ engine: 'embedded', seed: '7' });
    expect(await readdir(folder)).toHaveLength(1);
    const shown = await runCli(['generate', 'run', '--prompt', 'a red bird', '--output', folder]);
    expect(shown.stderr).toMatch(/step \d+ of 20/);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('refuses a size that the engine cannot make, before it writes anything', async () => {
    const run = await runCli([
      'generate',
      'run',
      '-p',
      'a bird',
      '--width',
      '16384',
      '--height',
      '16384',
      '-o',
      folder,
    ]);
    expect(run.code).not.toBe(0);
    expect(run.stderr).toContain('16384');
    expect(await readdir(folder)).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends on %s with the code of the table and leaves nothing',
    async (signal) => {
      const run = await runCli(['generate', 'run', '-p', 'a bird', '--steps', '200', '--batch', '8', '-o', folder], {
        interrupt: { after: 'step 1', signal },
      });
      expect(run.code).toBe(signal === 'SIGINT' ? 130 : 143);
      expect(run.stderr).toContain(signal === 'SIGINT' ? 'CLI_INTERRUPTED' : 'CLI_TERMINATED');
      expect(await readdir(folder)).toEqual([]);
    },
  );
});

describe('serve', () => {
  it('answers other clients until it is interrupted', async () => {
    const run = await runCli(['serve', '--embedded', '--port', '0', '--output', folder], {
      interrupt: { after: 'listening on http://127.0.0.1:', signal: 'SIGINT' },
    });
    expect(run.code).toBe(0);
  });
});
