import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import { z } from 'zod';

const ending = z.tuple([z.number().nullable(), z.string().nullable()]);

/** A server that listens. */
export interface RunningServer {
  readonly child: ChildProcess;
  /** Where it writes pictures. */
  readonly output: string;
  readonly url: string;
  /** What it had printed when it began to listen. */
  readonly line: string;
  /** All that it has printed so far. */
  readonly said: { readonly stdout: string; readonly stderr: string };
  readonly closed: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

/**
 * Starts the real `dgx-pixels serve --embedded` on a free port and in a folder of its own; ready when the first line has
 * come on `stream`. Ended and cleared away after the test.
 */
export async function startServe(options: readonly string[], stream: 'stdout' | 'stderr'): Promise<RunningServer> {
  const output = await mkdtemp(join(tmpdir(), 'dgx-pixels-cli-'));
  const command = join(import.meta.dirname, '../bin/dgx-pixels.mjs');
  const args = [command, 'serve', '--embedded', '--port', '0', '--output', output, ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  const closed = once(child, 'close').then((values) => {
    const [code, signal] = ending.parse(values);
    return { code, signal };
  });
  cleanUps.push(async () => {
    child.kill('SIGKILL');
    await closed;
    await rm(output, { recursive: true, force: true });
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const line = await new Promise<string>((resolve, reject) => {
    child[stream].on('data', () => {
      if (said[stream].includes('\n')) resolve(said[stream]);
    });
    child.once('close', () => reject(new Error(`ended: ${JSON.stringify(said)}`)));
  });
  return { child, output, url: /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '', line, said, closed };
}
