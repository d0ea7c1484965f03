import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';

const ending = z.tuple([z.number().nullable(), z.string().nullable()]);

/** A server that listens. */
export interface RunningServer {
  readonly child: ChildProcess;
  readonly url: string;
  /** What it had printed when it began to listen. */
  readonly line: string;
  /** All that it has printed so far. */
  readonly said: { readonly stdout: string; readonly stderr: string };
  readonly closed: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

/** Starts the real `dgx-pixels serve --embedded` on a free port; ready when the first line has come on `stream`. */
export async function startServe(
  output: string,
  options: readonly string[],
  stream: 'stdout' | 'stderr',
): Promise<RunningServer> {
  const command = join(import.meta.dirname, '../bin/dgx-pixels.mjs');
  const args = [command, 'serve', '--embedded', '--port', '0', '--output', output, ...options];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  const closed = once(child, 'close').then((values) => {
    const [code, signal] = ending.parse(values);
    return { code, signal };
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const line = await new Promise<string>((resolve, reject) => {
    child[stream].on('data', () => {
      if (said[stream].includes('\n')) resolve(said[stream]);
    });
    child.once('close', () => reject(new Error(`ended: ${JSON.stringify(said)}`)));
  });
  return { child, url: /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? '', line, said, closed };
}
