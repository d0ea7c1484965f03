import { describe, expect, it } from 'vitest';
import { ArithmeticEngine } from './arithmetic-engine.ts';
import { openEventLog, readHistory, submit, waitForHistory } from './raw-client.ts';
import { openTestServer } from './server-fixture.ts';
import { textToImageGraph } from './text-to-image-graph.ts';

describe('a server with faults', () => {
  it('runs out of memory at a node, and begins cold after it', async () => {
    const engine = new ArithmeticEngine();
    const { url } = await openTestServer({ engine, faults: { outOfMemoryAt: 'VAEDecode' } });
    for (let run = 0; run < 2; run += 1) {
      const entry = await waitForHistory(url, await submit(url, textToImageGraph()));
      const [event, data] = entry.status.messages.at(-1) ?? [];
      expect([event, data?.['node_id'], data?.['exception_type']]).toEqual([
        'execution_error',
        'decoder',
        'torch.OutOfMemoryError',
      ]);
    }
    expect(engine.calls).toMatchObject({ sample: 2, decode: 0 });
  });

  it('dies at a node: connections are cut, and no port listens', async () => {
    let died = false;
    const { url } = await openTestServer({ faults: { crashAt: 'sampler' }, onCrash: () => (died = true) });
    const log = await openEventLog(url, 'mine');
    const cut = new Promise<number>((resolve) => log.socket.once('close', resolve));
    await submit(url, textToImageGraph(), { client_id: 'mine' });
    expect(await cut).toBe(1006);
    expect(died).toBe(true);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('tells of success before history knows', async () => {
    const { url } = await openTestServer({ faults: { historyDelayMs: 1500 } });
    const log = await openEventLog(url, 'mine');
    const promptId = await submit(url, textToImageGraph(), { client_id: 'mine' });
    await log.until(({ type }) => type === 'execution_success');
    expect(await readHistory(url, promptId)).toBeUndefined();
    expect((await waitForHistory(url, promptId)).status.status_str).toBe('success');
  });

  it('loads slowly, and cannot be interrupted meanwhile', async () => {
    const engine = new ArithmeticEngine();
    const { url } = await openTestServer({ engine, faults: { loadDelayMs: 1000 } });
    const log = await openEventLog(url, 'mine');
    const promptId = await submit(url, textToImageGraph(), { client_id: 'mine' });
    await log.until(({ type, data }) => type === 'executing' && data['node'] === 'loader');
    await fetch(`${url}/interrupt`, { method: 'POST' });
    expect(await readHistory(url, promptId)).toBeUndefined();
    const entry = await waitForHistory(url, promptId);
    expect(entry.status.messages.at(-1)).toMatchObject(['execution_interrupted', { node_id: 'loader' }]);
    expect(engine.calls.encodePrompt).toBe(0);
  });
});
