import { execFile } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { afterEach, describe, expect, it } from 'vitest';

import { playSuccess, successEntry } from '../test/prompt-exchange.ts';
import { startProtocolServer, type ProtocolServer, type ProtocolServerOptions } from '../test/protocol-server.ts';
import { createComfyClient } from './client.ts';
import { runWorkflow } from './run-workflow.ts';

const graph = { '7': { class_type: 'SaveImage', inputs: {} } };
const run = promisify(execFile);
const probe = fileURLToPath(new URL('../test/abort-probe.ts', import.meta.url));

/** Runs the probe in a process of its own, which has to end by itself. */
async function abortAt(url: string, stage: string): Promise<string[]> {
  const flags = ['--conditions=@dgx-pixels/source', '--import', import.meta.resolve('tsx')];
  const { stdout } = await run(process.execPath, [...flags, probe, url, stage], { timeout: 30_000 });
  return stdout.trim().split('\n');
}

let server: ProtocolServer | null = null;
let mute: Server | null = null;

async function serve(options: ProtocolServerOptions): Promise<ProtocolServer> {
  server = await startProtocolServer(options);
  return server;
}

afterEach(async () => {
  const violations = server?.violations;
  await server?.close();
  server = null;
  mute?.close();
  mute = null;
  expect(violations ?? []).toEqual([]);
});

describe('hard case 21: an abort', () => {
  it('while the server does not answer the handshake ends the process', async () => {
    const sockets: Socket[] = [];
    const muteServer = createServer((socket) => sockets.push(socket));
    mute = muteServer;
    await new Promise<void>((resolve) => muteServer.listen(0, '127.0.0.1', resolve));
    const address = muteServer.address();
    const port = typeof address === 'object' ? address?.port : 0;
    expect(await abortAt(`http://127.0.0.1:${port}`, 'connecting')).toEqual(['stop', 'nothing left']);
    for (const socket of sockets) socket.destroy();
  });

  it('while the submission is on its way still withdraws it', async () => {
    const { url } = await serve({
      onPrompt: async (exchange) => {
        exchange.event('execution_start', {});
        await exchange.pause(100);
        exchange.enqueue('pending');
        exchange.accept();
      },
    });
    expect(await abortAt(url, 'started')).toEqual(['stop', 'nothing left']);
    expect(server?.deleted).toEqual([server?.exchanges[0]?.promptId]);
    expect(server?.pending.size).toBe(0);
  });

  it('while the submission is never answered ends the process', async () => {
    const { url } = await serve({ onPrompt: (exchange) => exchange.event('execution_start', {}) });
    expect(await abortAt(url, 'started')).toEqual(['stop', 'nothing left']);
    expect(server?.deleted).toHaveLength(1);
  });

  it('while the prompt waits takes it out of the queue and interrupts nobody', async () => {
    const { url } = await serve({
      onPrompt: (exchange) => {
        exchange.enqueue('pending');
        exchange.accept();
      },
    });
    expect(await abortAt(url, 'queued')).toEqual(['stop', 'nothing left']);
    expect(server?.deleted).toHaveLength(1);
    expect(server?.interrupted).toEqual([]);
  });

  it('while the prompt runs interrupts it by its id', async () => {
    const { url } = await serve({
      onPrompt: async (exchange) => {
        exchange.enqueue('running');
        exchange.accept();
        await exchange.pause(20);
        playSuccess(exchange);
      },
    });
    expect(await abortAt(url, 'progress')).toEqual(['stop', 'nothing left']);
    expect(server?.interrupted).toEqual([server?.exchanges[0]?.promptId]);
  });

  it('before the start sends nothing', async () => {
    const { url, requests } = await serve({});
    const signal = AbortSignal.abort(new Error('never mind'));
    await expect(runWorkflow(createComfyClient({ url }), graph, { signal })).rejects.toThrow('never mind');
    expect(requests).toEqual([]);
  });

  it('leaves no listener on a signal that outlives the run', async () => {
    const { url } = await serve({
      onPrompt: (exchange) => {
        exchange.accept();
        exchange.end(successEntry);
      },
    });
    const { signal } = new AbortController();
    await runWorkflow(createComfyClient({ url }), graph, { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
