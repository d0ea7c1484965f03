import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { EngineError } from '../src/engine/engine-errors.ts';
import { ArithmeticEngine } from './arithmetic-engine.ts';
import { isEnd, openEventLog, post, readHistory, submit, waitForHistory } from './raw-client.ts';
import { openTestServer } from './server-fixture.ts';
import { textToImageGraph } from './text-to-image-graph.ts';

describe('a node that fails', () => {
  it('ends the prompt with execution_error that names node, kind and remedy but no path', async () => {
    const decodeError = new EngineError('ENGINE_RUNTIME_FAILED', 'the decoder stopped');
    const { url } = await openTestServer({ engine: new ArithmeticEngine({ decodeError }) });
    const log = await openEventLog(url, 'mine');
    const promptId = await submit(url, textToImageGraph(), { client_id: 'mine' });
    await log.until(isEnd(promptId));
    const types = log.events.map(({ type }) => type);
    expect(types.slice(-4)).toEqual(['executing', 'execution_error', 'status', 'executing']);
    const { data } = await log.until(({ type }) => type === 'execution_error');
    expect(data).toMatchObject({
      prompt_id: promptId,
      node_id: 'decoder',
      node_type: 'VAEDecode',
      exception_type: 'EngineError.ENGINE_RUNTIME_FAILED',
      exception_message: expect.stringContaining(decodeError.hint) as string,
      traceback: [],
      current_inputs: { samples: ['LATENT'], vae: ['VAE'] },
    });
    expect(data['executed']).toEqual(expect.arrayContaining(['loader', 'sampler']));
    const entry = await readHistory(url, promptId);
    expect(entry).toMatchObject({ outputs: {}, status: { status_str: 'error', completed: false } });
    expect(entry?.status.messages.at(-1)?.[0]).toBe('execution_error');
  });

  it('is told as out of memory in the words that clients look for', async () => {
    const decodeError = new Error('Failed to allocate memory for requested buffer of size 1');
    const { url } = await openTestServer({ engine: new ArithmeticEngine({ decodeError }) });
    const entry = await waitForHistory(url, await submit(url, textToImageGraph()));
    expect(entry.status.messages.at(-1)?.[1]['exception_type']).toBe('torch.OutOfMemoryError');
  });

  it('does not stop the prompts after it', async () => {
    const { url, outputDirectory } = await openTestServer();
    // Only the file system can find fault with a folder where a file is.
    await waitForHistory(url, await submit(url, textToImageGraph({ prefix: 'a' })));
    const failed = await waitForHistory(url, await submit(url, textToImageGraph({ prefix: 'a_00001_.png/b' })));
    expect(failed.status.status_str).toBe('error');
    const next = await waitForHistory(url, await submit(url, textToImageGraph({ prefix: 'c' })));
    expect(next.status.status_str).toBe('success');
    expect((await readdir(outputDirectory)).sort()).toEqual(['a_00001_.png', 'c_00001_.png']);
  });
});

describe('/interrupt', () => {
  const slow = (): ArithmeticEngine => new ArithmeticEngine({ stepMs: 10 });

  it('stops the running prompt between two steps', async () => {
    const engine = slow();
    const { url, outputDirectory } = await openTestServer({ engine });
    const log = await openEventLog(url, 'mine');
    const promptId = await submit(url, textToImageGraph({ steps: 1000 }), { client_id: 'mine' });
    await log.until(({ type }) => type === 'progress');
    expect(await post(`${url}/interrupt`, {})).toMatchObject({ status: 200, text: '' });
    await log.until(isEnd(promptId));
    expect(log.events.map(({ type }) => type).slice(-3)).toEqual(['execution_interrupted', 'status', 'executing']);
    const { data } = await log.until(({ type }) => type === 'execution_interrupted');
    expect(data).toMatchObject({ prompt_id: promptId, node_id: 'sampler', node_type: 'KSampler' });
    const entry = await readHistory(url, promptId);
    expect(entry?.status).toMatchObject({ status_str: 'error', completed: false });
    expect(entry?.status.messages.at(-1)?.[0]).toBe('execution_interrupted');
    expect(engine.calls.decode).toBe(0);
    expect(await readdir(outputDirectory)).toEqual([]);
  });

  it('stops only the prompt named', async () => {
    const { url } = await openTestServer({ engine: slow() });
    const log = await openEventLog(url, 'mine');
    const first = await submit(url, textToImageGraph({ steps: 1000 }), { client_id: 'mine' });
    const second = await submit(url, textToImageGraph({ steps: 2 }), { client_id: 'mine' });
    await log.until(({ type }) => type === 'progress');
    await post(`${url}/interrupt`, { prompt_id: second });
    await post(`${url}/interrupt`, { prompt_id: 'unknown' });
    const before = log.events.length;
    await log.until((event) => event.type === 'progress' && log.events.indexOf(event) > before);
    await post(`${url}/api/interrupt`, { prompt_id: first });
    expect((await waitForHistory(url, first)).status.status_str).toBe('error');
    expect((await waitForHistory(url, second)).status.status_str).toBe('success');
  });

  it('does nothing while idle, and nothing to the next prompt', async () => {
    const { url } = await openTestServer();
    expect((await fetch(`${url}/interrupt`, { method: 'POST' })).status).toBe(200);
    expect((await waitForHistory(url, await submit(url, textToImageGraph()))).status.status_str).toBe('success');
  });
});

describe('close', () => {
  it('ends a running prompt, tells sockets, and leaves no port, no partial file and no temporary directory', async () => {
    const engine = new ArithmeticEngine({ stepMs: 5 });
    const server = await openTestServer({ engine });
    const log = await openEventLog(server.url, 'mine');
    await submit(server.url, textToImageGraph({ steps: 1000 }), { client_id: 'mine' });
    await submit(server.url, textToImageGraph({ steps: 1000, seed: 2 }), { client_id: 'mine' });
    await log.until(({ type }) => type === 'progress');
    const closed = new Promise<number>((resolve) => log.socket.once('close', resolve));
    await Promise.all([server.close(), server.close()]);
    expect(await closed).toBe(1001);
    await expect(fetch(server.url)).rejects.toThrow();
    expect(await readdir(server.outputDirectory)).toEqual([]);
    expect(engine.calls).toMatchObject({ sample: 1, close: 0 });
  });
});
