import { afterEach, describe, expect, it } from 'vitest';

import { playSuccess, successEntry, type Exchange } from '../test/prompt-exchange.ts';
import { startProtocolServer, type ProtocolServer, type ProtocolServerOptions } from '../test/protocol-server.ts';
import { createComfyClient, type ComfyClient } from './client.ts';
import type { ProgressEvent } from './run/progress-event.ts';
import { runWorkflow } from './run-workflow.ts';
import type { WorkflowGraph } from './workflow-graph.ts';

const graph: WorkflowGraph = {
  '1': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'pixel.safetensors' } },
  '5': { class_type: 'KSampler', inputs: { model: ['1', 0], seed: 18_446_744_073_709_551_615n } },
  '7': { class_type: 'SaveImage', inputs: { images: ['5', 0], filename_prefix: 'pixel' } },
};
const timing = { pollMinMs: 20, pollMaxMs: 50, absenceMs: 400, unreachableMs: 300, cancelMs: 500 };

let server: ProtocolServer | null = null;

async function serve(
  onPrompt: (exchange: Exchange) => Promise<void> | void,
  options: ProtocolServerOptions = {},
): Promise<{ server: ProtocolServer; client: ComfyClient }> {
  server = await startProtocolServer({ ...options, onPrompt });
  return { server, client: createComfyClient({ url: server.url, requestTimeoutMs: 2_000 }) };
}

afterEach(async () => {
  const violations = server?.violations;
  const sent = server?.exchanges.length ?? 0;
  await server?.close();
  server = null;
  expect(violations ?? []).toEqual([]);
  expect(sent).toBeLessThanOrEqual(1);
});

describe('a run that succeeds', () => {
  it('reports files, nodes, times and the events of its own prompt only', async () => {
    const events: ProgressEvent[] = [];
    const { server, client } = await serve(async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      await exchange.pause(10);
      playSuccess(exchange);
      exchange.end(successEntry);
    });
    const job = await runWorkflow(client, graph, { timing, onEvent: (event) => events.push(event) });
    expect(job).toMatchObject({
      status: 'succeeded',
      promptId: server.exchanges[0]?.promptId,
      images: [{ nodeId: '7', filename: 'pixel_00001_.png', subfolder: 'a b', type: 'output' }],
      executedNodes: ['5', '7'],
      cachedNodes: ['1'],
      serverMs: 40,
      socketLost: false,
    });
    if (job.status !== 'succeeded') return;
    expect(Object.keys(job.nodeMs)).toEqual(['5', '7']);
    expect(job.queueMs).toBeGreaterThan(0);
    expect(job.clientMs).toBeGreaterThanOrEqual(job.queueMs ?? Infinity);
    expect(events.map((event) => event.type)).toEqual([
      'queued',
      'started',
      'cached',
      'node-started',
      'progress',
      'progress',
      'node-started',
      'node-output',
      'ended',
      'ended',
    ]);
    expect(events.some((event) => event.type === 'progress' && event.value === 9)).toBe(false);
  });

  it('sends seeds above 2^53 unharmed, its own id, and extra data', async () => {
    let raw = '';
    const { client } = await serve(
      (exchange) => {
        exchange.end(successEntry);
        exchange.accept();
      },
      {
        intercept: (request) => {
          if (request.method === 'POST') request.on('data', (chunk: Buffer) => (raw += chunk.toString('utf8')));
          return false;
        },
      },
    );
    const promptId = '0b8ab5f2-5a52-4c9e-9df0-6e1f6a3a7d11';
    await runWorkflow(client, graph, { timing, promptId, extraData: { extra_pnginfo: { run: 'r1' } } });
    expect(raw).toContain('"seed":18446744073709551615');
    expect(raw).toContain(`"prompt_id":"${promptId}"`);
    expect(raw).toContain('"extra_data":{"extra_pnginfo":{"run":"r1"}}');
  });

  it('waits for the last events when history overtakes them', async () => {
    const { client } = await serve(async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      exchange.end(successEntry);
      await exchange.historyRead();
      await exchange.pause(30);
      playSuccess(exchange);
    });
    const job = await runWorkflow(client, graph, { timing: { ...timing, settleMs: 10_000 } });
    expect(job).toMatchObject({ status: 'succeeded', executedNodes: ['5', '7'], socketLost: false });
  });

  it('says so when the socket stays silent', async () => {
    const { client } = await serve((exchange) => {
      exchange.accept();
      exchange.end(successEntry);
    });
    const job = await runWorkflow(client, graph, { timing: { ...timing, settleMs: 50 } });
    expect(job).toMatchObject({ status: 'succeeded', socketLost: true });
  });

  it('is found by polling after the socket broke', async () => {
    const events: ProgressEvent[] = [];
    const { client } = await serve(async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      exchange.event('execution_start', { timestamp: 1_000 });
      await exchange.pause(10);
      exchange.dropSocket();
      await exchange.pause(100);
      exchange.end(successEntry);
    });
    const job = await runWorkflow(client, graph, { timing, onEvent: (event) => events.push(event) });
    expect(job).toMatchObject({ status: 'succeeded', serverMs: 40, socketLost: true });
    expect(events.filter((event) => event.type === 'socket-lost')).toHaveLength(1);
  });

  it('needs no socket at all', async () => {
    const { client } = await serve(
      async (exchange) => {
        exchange.enqueue('pending');
        exchange.accept();
        await exchange.pause(60);
        exchange.enqueue('running');
        await exchange.pause(60);
        exchange.end(successEntry);
      },
      { refuseSockets: true },
    );
    const job = await runWorkflow(client, graph, { timing });
    expect(job).toMatchObject({ status: 'succeeded', socketLost: true, executedNodes: [], queueMs: null });
  });

  it('outlives a silence longer than the absence limit while the queue holds it', async () => {
    const { client } = await serve(async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      await exchange.pause(timing.absenceMs * 2);
      exchange.end(successEntry);
    });
    expect(await runWorkflow(client, graph, { timing })).toMatchObject({ status: 'succeeded' });
  });

  it('takes events for a sign of life and leaves the queue alone', async () => {
    const { server, client } = await serve(async (exchange) => {
      exchange.accept();
      for (let step = 0; step < 60; step += 1) {
        exchange.event('progress', { value: step, max: 60, node: '5' });
        await exchange.pause(10);
      }
      exchange.end(successEntry);
      playSuccess(exchange);
    });
    const job = await runWorkflow(client, graph, { timing: { ...timing, pollMinMs: 100, pollMaxMs: 100 } });
    expect(job).toMatchObject({ status: 'succeeded' });
    expect(server.requests).not.toContain('GET /queue');
  });

  it('survives answers that fail while it waits', async () => {
    let failures = 3;
    const { client } = await serve(
      async (exchange) => {
        exchange.enqueue('running');
        exchange.accept();
        await exchange.pause(50);
        exchange.end(successEntry);
      },
      {
        intercept: (request, response) => {
          if (request.url?.startsWith('/history') !== true || failures === 0) return false;
          failures -= 1;
          if (failures === 2) response.writeHead(503).end('busy');
          else if (failures === 1) response.writeHead(200).end('{"trunc');
          else response.destroy();
          return true;
        },
      },
    );
    expect(await runWorkflow(client, graph, { timing })).toMatchObject({ status: 'succeeded' });
  });
});
