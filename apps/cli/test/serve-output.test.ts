import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';

let folder: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-cli-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Starts the server, and gives what it has printed when it answers, how it then ended, and all it printed. */
async function serve(option: string, stream: 'stdout' | 'stderr') {
  const command = join(import.meta.dirname, '../bin/dgx-pixels.mjs');
  const args = [command, 'serve', '--embedded', '--port', '0', '--output', folder, option];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  child = server;
  const said = { stdout: '', stderr: '' };
  const closed = once(server, 'close');
  server.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  server.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const line = await new Promise<string>((resolve, reject) => {
    server[stream].on('data', () => {
      if (said[stream].includes('\n')) resolve(said[stream]);
    });
    server.once('close', () => reject(new Error(`ended: ${JSON.stringify(said)}`)));
  });
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '';
  const answer = await fetch(`${url}/prompt`);
  server.kill('SIGINT');
  const [code] = z.tuple([z.number().nullable(), z.unknown()]).parse(await closed);
  return { line, url, status: answer.status, code, said };
}

it('--json prints one envelope with the URL as soon as it listens, and nothing more', async () => {
  const { line, url, status, code, said } = await serve('--json', 'stdout');
  expect(JSON.parse(line)).toMatchObject({
    schema: 'dgx-pixels/envelope/v1',
    ok: true,
    command: 'serve',
    data: { url, outputDirectory: folder },
  });
  expect({ status, code }).toEqual({ status: 200, code: 0 });
  expect(said.stdout).toBe(line);
});

it('-q prints the URL all the same', async () => {
  const { status, code } = await serve('-q', 'stderr');
  expect({ status, code }).toEqual({ status: 200, code: 0 });
});
