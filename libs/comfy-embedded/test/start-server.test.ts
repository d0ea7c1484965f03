import { spawn } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmbeddedServer } from '../src/server/start-server.ts';
import { ArithmeticEngine } from './arithmetic-engine.ts';
import { getJson, post, submit, waitForHistory } from './raw-client.ts';
import { openTestServer, temporaryDirectory } from './server-fixture.ts';
import { textToImageGraph } from './text-to-image-graph.ts';

describe('startEmbeddedServer', () => {
  it('names a port that is in use', async () => {
    const { port } = await openTestServer();
    await expect(openTestServer({ port })).rejects.toMatchObject({
      code: 'EMBEDDED_PORT_IN_USE',
      message: `port ${port} of 127.0.0.1 is in use`,
      details: { port },
    });
  });

  it('names a port that any other program holds', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(openTestServer({ port })).rejects.toMatchObject({ code: 'EMBEDDED_PORT_IN_USE' });
  });

  it.each([-1, 70_000, 1.5, Number.NaN])('refuses port %s', async (port) => {
    await expect(openTestServer({ port })).rejects.toMatchObject({ code: 'EMBEDDED_BAD_OPTION' });
  });

  it('names every wrong limit at once', async () => {
    const limits = { maxNodes: 0, maxBodyBytes: Number.NaN };
    await expect(openTestServer({ limits })).rejects.toMatchObject({
      code: 'EMBEDDED_BAD_OPTION',
      message: expect.stringMatching(/limits\.maxBodyBytes: .*limits\.maxNodes: /) as string,
    });
  });

  it('names a directory that it cannot use', async () => {
    const file = join(await temporaryDirectory(), 'file');
    await writeFile(file, '');
    await expect(openTestServer({ outputDirectory: join(file, 'output') })).rejects.toMatchObject({
      code: 'EMBEDDED_DIRECTORY_UNUSABLE',
    });
  });

  it('keeps a temporary directory that the caller named', async () => {
    const [outputDirectory, tempDirectory] = [await temporaryDirectory(), await temporaryDirectory()];
    const server = await startEmbeddedServer({ engine: new ArithmeticEngine(), outputDirectory, tempDirectory });
    await writeFile(join(tempDirectory, 'kept'), '');
    await server.close();
    await writeFile(join(tempDirectory, 'kept'), 'still there');
  });

  it('begins with an empty temporary directory inside the one named, and leaves none', async () => {
    const tempDirectory = await temporaryDirectory();
    await mkdir(join(tempDirectory, 'temp'));
    await writeFile(join(tempDirectory, 'temp', 'left over.png'), '');
    const server = await openTestServer({ tempDirectory });
    expect(await readdir(join(tempDirectory, 'temp'))).toEqual([]);
    await server.close();
    expect(await readdir(tempDirectory)).toEqual([]);
  });

  it('begins anew after a restart: empty queue and history, numbers from 0', async () => {
    const first = await openTestServer();
    await waitForHistory(first.url, await submit(first.url, textToImageGraph()));
    await first.close();
    const { url } = await openTestServer({ outputDirectory: first.outputDirectory });
    expect(await getJson(`${url}/history`)).toEqual({});
    expect((await post(`${url}/prompt`, { prompt: textToImageGraph() })).json).toMatchObject({ number: 0 });
  });

  it('names every wrong option at once', async () => {
    const options = { rules: '0.39' as '0.38', faults: { historyDelayMs: -1 } };
    await expect(openTestServer(options)).rejects.toMatchObject({
      code: 'EMBEDDED_BAD_OPTION',
      message: expect.stringMatching(/rules: .*faults\.historyDelayMs: /) as string,
    });
  });

  it('lets the process end after close', async () => {
    const outputDirectory = await temporaryDirectory();
    const program = `
      const { startEmbeddedServer } = await import(${JSON.stringify(new URL('../src/server/start-server.ts', import.meta.url).href)});
      const { ArithmeticEngine } = await import(${JSON.stringify(new URL('./arithmetic-engine.ts', import.meta.url).href)});
      const server = await startEmbeddedServer({ engine: new ArithmeticEngine(), outputDirectory: ${JSON.stringify(outputDirectory)} });
      await fetch(server.url + '/prompt');
      await server.close();
    `;
    const child = spawn(process.execPath, [...process.execArgv, '--input-type=module', '--eval', program], {
      stdio: 'ignore',
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    expect(await new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)))).toBe(0);
  });
});
