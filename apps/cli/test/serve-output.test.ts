import { expect, it } from 'vitest';
import { startServe } from './start-serve.ts';

/** Starts the server, asks it something, ends it; gives the answer's status and how it ended. */
async function serveOnce(option: string, stream: 'stdout' | 'stderr') {
  const server = await startServe([option], stream);
  const { status } = await fetch(`${server.url}/prompt`);
  server.child.kill('SIGINT');
  const { code } = await server.closed;
  return { ...server, status, code };
}

it('--json prints one envelope with the URL as soon as it listens, and nothing more', async () => {
  const { line, url, output, status, code, said } = await serveOnce('--json', 'stdout');
  expect(JSON.parse(line)).toMatchObject({
    schema: 'dgx-pixels/envelope/v1',
    ok: true,
    command: 'serve',
    data: { url, outputDirectory: output },
  });
  expect({ status, code }).toEqual({ status: 200, code: 0 });
  expect(said.stdout).toBe(line);
});

it('-q prints the URL all the same', async () => {
  const { status, code } = await serveOnce('-q', 'stderr');
  expect({ status, code }).toEqual({ status: 200, code: 0 });
});
