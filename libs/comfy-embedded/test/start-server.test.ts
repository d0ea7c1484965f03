import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmbeddedServer } from '../src/server/start-server.ts';
import { ArithmeticEngine } from './arithmetic-engine.ts';
import { openTestServer, temporaryDirectory } from './server-fixture.ts';

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
