import { setTimeout as sleep } from 'node:timers/promises';

import { afterEach, describe, expect, it } from 'vitest';

import { playSuccess, successEntry } from '../test/prompt-exchange.ts';
import { startProtocolServer, type ProtocolServer, type ProtocolServerOptions } from '../test/protocol-server.ts';
import { createComfyClient } from './client.ts';
import { resumeWorkflow } from './resume-workflow.ts';
import { runWorkflow, type SubmissionNote } from './run-workflow.ts';
import { startWorkflow } from './start-workflow.ts';

const graph = { '7': { class_type: 'SaveImage', inputs: {} } };
const timing = { pollMinMs: 20, pollMaxMs: 50, absenceMs: 400, unreachableMs: 300, cancelMs: 500 };

let server: ProtocolServer | null = null;

async function serve(onPrompt: NonNullable<ProtocolServerOptions['onPrompt']>) {
  server = await startProtocolServer({ onPrompt });
  return { server, client: createComfyClient({ url: server.url, requestTimeoutMs: 2_000 }) };
}

afterEach(async () => {
  const violations = server?.violations;
  await server?.close();
  server = null;
  expect(violations ?? []).toEqual([]);
});

describe('startWorkflow', () => {
  it('gives the events of the run one by one and ends with it', async () => {
    const { client } = await serve((exchange) => {
      exchange.accept();
      playSuccess(exchange);
      exchange.end(successEntry);
    });
    const run = startWorkflow(client, graph, { timing });
    const types: string[] = [];
    for await (const event of run) types.push(event.type);
    expect(types.slice(0, 3)).toEqual(['queued', 'started', 'cached']);
    expect(types.at(-1)).toBe('ended');
    expect(await run.result).toMatchObject({ status: 'succeeded', promptId: run.promptId });
  });

  it('holds nothing up for a slow reader, who gets the last progress', async () => {
    const count = 5_000;
    const { client } = await serve(async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      exchange.event('executing', { node: '5' });
      for (let value = 1; value <= count; value++) exchange.event('progress', { value, max: count, node: '5' });
      exchange.event('execution_success', {});
      exchange.end(successEntry);
      await exchange.pause(1);
    });
    const run = startWorkflow(client, graph, { timing });
    const values: number[] = [];
    for await (const event of run) {
      if (event.type === 'progress') values.push(event.value);
      await sleep(20);
    }
    expect(values.at(-1)).toBe(count);
    expect(values.length).toBeLessThan(count / 2);
    expect(await run.result).toMatchObject({ status: 'succeeded' });
  });

  it('ends its events when the run fails, and tells the error by its result alone', async () => {
    const run = startWorkflow(createComfyClient({ url: 'http://127.0.0.1:9' }), graph, { timing });
    for await (const event of run) expect(event.type).toBe('socket-lost');
    await expect(run.result).rejects.toMatchObject({ code: 'COMFY_UNREACHABLE' });
  });
});

describe('previews', () => {
  const metadata = (promptId: string): Buffer => {
    const text = JSON.stringify({ node_id: '5', prompt_id: promptId, image_type: 'image/png' });
    return Buffer.concat([Buffer.from([0, 0, 0, 4, 0, 0, 0, text.length]), Buffer.from(text), Buffer.from('png')]);
  };
  const play: NonNullable<ProtocolServerOptions['onPrompt']> = (exchange) => {
    exchange.accept();
    exchange.frame(Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 1]));
    exchange.event('execution_start', {});
    exchange.frame(Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 2]));
    exchange.frame(metadata('somebody else'));
    exchange.frame(metadata(exchange.promptId));
    exchange.frame(Buffer.from([0, 0, 0, 9]));
    exchange.event('execution_success', {});
    exchange.end(successEntry);
  };

  it('of this prompt come as events', async () => {
    const { client, server } = await serve(play);
    const seen: unknown[] = [];
    const onEvent = (event: { readonly type: string }): void => {
      if (event.type === 'preview') seen.push(event);
    };
    await runWorkflow(client, graph, { timing, previews: true, onEvent });
    expect(seen).toEqual([
      { type: 'preview', nodeId: null, mediaType: 'image/jpeg', bytes: Buffer.from([2]) },
      { type: 'preview', nodeId: '5', mediaType: 'image/png', bytes: Buffer.from('png') },
    ]);
    expect(server.firstMessages).toEqual(['{"type":"feature_flags","data":{"supports_preview_metadata":true}}']);
  });

  it('are passed over unless they are asked for', async () => {
    const { client, server } = await serve(play);
    const seen: string[] = [];
    await runWorkflow(client, graph, { timing, onEvent: (event) => seen.push(event.type) });
    expect(seen).not.toContain('preview');
    expect(server.firstMessages).toEqual([]);
  });
});

describe('a socket that breaks', () => {
  it('is opened again, twice, and brings the events that follow', async () => {
    const { client, server } = await serve(async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      for (const value of [1, 2]) {
        exchange.dropSocket();
        await exchange.pause(150);
        exchange.event('progress', { value, max: 2, node: '5' });
        await exchange.pause(20);
      }
      exchange.end(successEntry);
    });
    const seen: string[] = [];
    const onEvent = (event: { readonly type: string }): void => void seen.push(event.type);
    const job = await runWorkflow(client, graph, { timing: { ...timing, reconnectMs: 20 }, onEvent });
    expect(job).toMatchObject({ status: 'succeeded', socketLost: true });
    const once = ['socket-lost', 'socket-restored', 'progress'];
    expect(seen).toEqual(['queued', ...once, ...once]);
    await sleep(100);
    expect(server.sockets.size).toBe(0);
  });

  it('while the server is away costs one notice, and nothing once the run has ended', async () => {
    const refusing = await startProtocolServer({
      refuseSockets: true,
      onPrompt: async (exchange) => {
        exchange.enqueue('running');
        exchange.accept();
        await exchange.pause(200);
        exchange.end(successEntry);
      },
    });
    const seen: string[] = [];
    const job = await runWorkflow(createComfyClient({ url: refusing.url }), graph, {
      timing: { ...timing, reconnectMs: 20 },
      onEvent: (event) => seen.push(event.type),
    });
    expect(job).toMatchObject({ status: 'succeeded', socketLost: true });
    expect(seen).toEqual(['socket-lost', 'queued']);
    await refusing.close();
  });
});

describe('a journal', () => {
  it('is written before the prompt is sent; if it cannot be, nothing is', async () => {
    const { client, server } = await serve(() => undefined);
    const beforeSubmit = (): Promise<void> => Promise.reject(new Error('disk full'));
    await expect(runWorkflow(client, graph, { timing, beforeSubmit })).rejects.toThrow('disk full');
    expect(server.exchanges).toEqual([]);
    expect(server.deleted).toEqual([]);
  });

  it('lets another run follow the prompt to its end, with the events that are still to come', async () => {
    const { client, server } = await serve(async (exchange) => {
      exchange.enqueue('running');
      exchange.accept();
      await exchange.pause(300);
      exchange.event('progress', { value: 1, max: 2, node: '5' });
      exchange.end(successEntry);
    });
    const notes: SubmissionNote[] = [];
    const first = new AbortController();
    // The first client vanishes without a word: an abort would cancel the prompt.
    const vanished = runWorkflow(client, graph, {
      timing,
      signal: first.signal,
      beforeSubmit: (note) => void notes.push(note),
    });
    await sleep(150);
    const [note] = notes;
    server.sockets.get(note?.clientId ?? '')?.terminate();
    await sleep(20);
    const seen: string[] = [];
    const resumed = await resumeWorkflow(client, graph, note?.promptId ?? '', {
      timing,
      clientId: note?.clientId,
      onEvent: (event) => seen.push(event.type),
    });
    expect(resumed).toMatchObject({ status: 'succeeded', promptId: note?.promptId });
    expect(seen).toContain('progress');
    expect(server.exchanges).toHaveLength(1);
    await vanished;
  });

  it('of a prompt that never arrived ends as lost', async () => {
    const { client, server } = await serve(() => undefined);
    const promptId = '0b8ab5f2-5a52-4c9e-9df0-6e1f6a3a7d11';
    const job = await resumeWorkflow(client, graph, promptId, { timing });
    expect(job).toMatchObject({ status: 'lost', promptId, accepted: false });
    expect(server.exchanges).toEqual([]);
  });
});
