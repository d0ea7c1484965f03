import { describe, expect, it } from 'vitest';
import { ArithmeticEngine } from './arithmetic-engine.ts';
import { isEnd, openEventLog, post, submit, waitForHistory } from './raw-client.ts';
import { openTestServer } from './server-fixture.ts';
import { textToImageGraph } from './text-to-image-graph.ts';

function cachedNodes(entry: Awaited<ReturnType<typeof waitForHistory>>): unknown {
  return entry.status.messages.find(([event]) => event === 'execution_cached')?.[1]['nodes'];
}

describe('the result cache', () => {
  it('answers an equal prompt from memory: no node runs, no file is written', async () => {
    const engine = new ArithmeticEngine();
    const { url } = await openTestServer({ engine });
    const first = await waitForHistory(url, await submit(url, textToImageGraph()));
    const log = await openEventLog(url, 'mine');
    const promptId = await submit(url, textToImageGraph(), { client_id: 'mine' });
    await log.until(isEnd(promptId));
    const second = await waitForHistory(url, promptId);
    expect(second.outputs).toEqual(first.outputs);
    expect(cachedNodes(second)).toEqual(Object.keys(textToImageGraph()));
    expect(engine.calls.sample).toBe(1);
    const types = log.events.map(({ type }) => type).filter((type) => type !== 'status');
    expect(types).toEqual([
      'execution_start',
      'execution_cached',
      'executed',
      'progress_state',
      'execution_success',
      'executing',
    ]);
  });

  it('runs again what a new seed changes, and only that', async () => {
    const engine = new ArithmeticEngine();
    const { url } = await openTestServer({ engine });
    await waitForHistory(url, await submit(url, textToImageGraph({ seed: 1 })));
    const second = await waitForHistory(url, await submit(url, textToImageGraph({ seed: 2 })));
    expect(cachedNodes(second)).toEqual(['loader', 'positive', 'negative', 'latent']);
    expect(engine.calls).toMatchObject({ encodePrompt: 2, sample: 2, decode: 2 });
    expect(second.outputs['save']?.images[0]?.filename).toBe('sprite_00002_.png');
  });

  it('holds the latest prompt only', async () => {
    const engine = new ArithmeticEngine();
    const { url } = await openTestServer({ engine });
    for (const seed of [1, 2, 1]) await waitForHistory(url, await submit(url, textToImageGraph({ seed })));
    expect(engine.calls.sample).toBe(3);
  });

  it('is emptied by /free', async () => {
    const engine = new ArithmeticEngine();
    const { url } = await openTestServer({ engine });
    await waitForHistory(url, await submit(url, textToImageGraph()));
    expect((await post(`${url}/free`, { free_memory: true, unload_models: true })).status).toBe(200);
    await waitForHistory(url, await submit(url, textToImageGraph()));
    expect(engine.calls.sample).toBe(2);
  });

  it('keeps what succeeded before a failure', async () => {
    const engine = new ArithmeticEngine({ decodeError: new Error('no decoder') });
    const { url } = await openTestServer({ engine });
    for (let run = 0; run < 2; run += 1) await waitForHistory(url, await submit(url, textToImageGraph()));
    expect(engine.calls).toMatchObject({ sample: 1, decode: 2 });
  });

  it('tells of results of outputs that do not run this time', async () => {
    const { url } = await openTestServer();
    const graph = { ...textToImageGraph(), more: { class_type: 'PreviewImage', inputs: { images: ['decoder', 0] } } };
    const first = await waitForHistory(url, await submit(url, graph));
    const promptId = await submit(url, graph, { partial_execution_targets: ['save'] });
    const second = await waitForHistory(url, promptId);
    expect(cachedNodes(second)).toEqual(Object.keys(graph));
    expect(second.outputs).toEqual(first.outputs);
  });

  it.each([
    ['classic', 3, 2],
    ['none', 3, 6],
    [{ lru: 50 }, 2, 2],
  ] as const)('of policy %j draws %i pictures and encodes %i texts for two wishes in turn', async (...row) => {
    const [cache, pictures, texts] = row;
    const engine = new ArithmeticEngine();
    const { url } = await openTestServer({ engine, cache });
    for (const seed of [1, 2, 1]) await waitForHistory(url, await submit(url, textToImageGraph({ seed })));
    expect(engine.calls).toMatchObject({ sample: pictures, encodePrompt: texts });
  });

  it.each([{ lru: 0 }, 'always', { lru: 1, more: 2 }])('has no policy %j', async (cache) => {
    await expect(openTestServer({ cache: cache as 'none' })).rejects.toMatchObject({ code: 'EMBEDDED_BAD_OPTION' });
  });
});
