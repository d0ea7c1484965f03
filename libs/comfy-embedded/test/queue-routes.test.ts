import { describe, expect, it } from 'vitest';
import { ArithmeticEngine } from './arithmetic-engine.ts';
import { getJson, openEventLog, post, readHistory, submit, waitForHistory } from './raw-client.ts';
import { openTestServer } from './server-fixture.ts';
import { textToImageGraph } from './text-to-image-graph.ts';

const slow = (): ArithmeticEngine => new ArithmeticEngine({ stepMs: 10 });

/** Starts a server whose queue is held by a long prompt. */
async function busyServer(limits = {}): Promise<{ url: string; running: string }> {
  const { url } = await openTestServer({ engine: slow(), limits });
  const log = await openEventLog(url, 'holder');
  const running = await submit(url, textToImageGraph({ steps: 1000 }), { client_id: 'holder' });
  await log.until(({ type }) => type === 'progress');
  return { url, running };
}

describe('/queue', () => {
  it('lists what runs and what waits, in the order of running', async () => {
    const { url, running } = await busyServer();
    const graph = textToImageGraph({ steps: 1 });
    const later = await submit(url, graph, { prompt_id: 'later' });
    const sooner = await submit(url, graph, { prompt_id: 'sooner', front: true, client_id: 'me' });
    const last = await submit(url, graph, { prompt_id: 'last', number: 99.5 });
    expect(await getJson(`${url}/prompt`)).toEqual({ exec_info: { queue_remaining: 4 } });
    expect(await getJson(`${url}/queue`)).toEqual({
      queue_running: [[0, running, textToImageGraph({ steps: 1000 }), { client_id: 'holder' }, ['save']]],
      queue_pending: [
        [-2, sooner, graph, { client_id: 'me' }, ['save']],
        [1, later, graph, {}, ['save']],
        [99.5, last, graph, {}, ['save']],
      ],
    });
  });

  it('deletes waiting prompts, which leave neither history nor events, and spares the running one', async () => {
    const { url, running } = await busyServer();
    const [a, b] = [await submit(url, textToImageGraph({ seed: 2 })), await submit(url, textToImageGraph({ seed: 3 }))];
    expect(await post(`${url}/queue`, { delete: [a, 'unknown', running] })).toMatchObject({ status: 200, text: '' });
    expect(await getJson(`${url}/prompt`)).toEqual({ exec_info: { queue_remaining: 2 } });
    expect(await post(`${url}/api/queue`, { clear: true })).toMatchObject({ status: 200, text: '' });
    expect(await getJson(`${url}/prompt`)).toEqual({ exec_info: { queue_remaining: 1 } });
    await post(`${url}/interrupt`, {});
    await waitForHistory(url, running);
    expect([await readHistory(url, a), await readHistory(url, b)]).toEqual([undefined, undefined]);
  });

  it('answers 429 when it is full', async () => {
    const { url } = await busyServer({ maxPendingPrompts: 1 });
    await submit(url, textToImageGraph());
    const answer = await post(`${url}/prompt`, { prompt: textToImageGraph() });
    expect(answer).toMatchObject({ status: 429, json: { error: { type: 'queue_full' }, node_errors: {} } });
  });

  it.each([
    ['/queue', { delete: 'x' }],
    ['/queue', { clear: 'yes' }],
    ['/history', { delete: [1] }],
    ['/interrupt', { prompt_id: 5 }],
    ['/free', { free_memory: 1 }],
    ['/free', ''],
  ])('refuses %s with %j', async (path, body) => {
    const { url } = await openTestServer();
    expect((await post(`${url}${path}`, body)).status).toBe(400);
  });
});

describe('/history', () => {
  it('pages, deletes and clears; an unknown prompt is an empty object', async () => {
    const { url } = await openTestServer();
    const ids = ['one', 'two', 'three'];
    for (const prompt_id of ids) await waitForHistory(url, await submit(url, textToImageGraph(), { prompt_id }));
    const listed = async (query: string): Promise<string[]> =>
      Object.keys((await getJson(`${url}/history${query}`)) as object);
    expect(await listed('')).toEqual(ids);
    expect(await listed('?max_items=2')).toEqual(['two', 'three']);
    expect(await listed('?max_items=1&offset=1')).toEqual(['two']);
    expect((await fetch(`${url}/history?max_items=x`)).status).toBe(400);
    expect(await getJson(`${url}/history/unknown`)).toEqual({});
    expect(await post(`${url}/history`, { delete: ['two'] })).toMatchObject({ status: 200, text: '' });
    expect(await listed('')).toEqual(['one', 'three']);
    await post(`${url}/history`, { clear: true });
    expect(await listed('')).toEqual([]);
  });

  it('forgets the oldest beyond its bound', async () => {
    const { url } = await openTestServer({ limits: { maxHistoryItems: 2 } });
    for (const prompt_id of ['one', 'two', 'three'])
      await waitForHistory(url, await submit(url, textToImageGraph(), { prompt_id }));
    expect(Object.keys((await getJson(`${url}/history`)) as object)).toEqual(['two', 'three']);
  });
});
