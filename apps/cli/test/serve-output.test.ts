import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type RunningServer, startServe } from './start-serve.ts';

let folder: string;
let server: RunningServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-cli-'));
});
afterEach(async () => {
  server?.child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Starts the server, asks it something, ends it; gives the answer's status and how it ended. */
async function serveOnce(option: string, stream: 'stdout' | 'stderr') {
  server = await startServe(folder, [option], stream);
  const { status } = await fetch(`${server.url}/prompt`);
  server.child.kill('SIGINT');
  const { code } = await server.closed;
  return { ...server, status, code };
}

it('--json prints one envelope with the URL as soon as it listens, and nothing more', async () => {
  const { line, url, status, code, said } = await serveOnce('--json', 'stdout');
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
  const { status, code } = await serveOnce('-q', 'stderr');
  expect({ status, code }).toEqual({ status: 200, code: 0 });
});
