import { describe, expect, it } from 'vitest';
import { isEnd, openEventLog, post, readHistory, submit } from './raw-client.ts';
import { openTestServer } from './server-fixture.ts';
import { type ApiNode, textToImageGraph } from './text-to-image-graph.ts';

/** The standard graph with a chain of samplers; node count in all. */
function deepGraph(nodes: number): Record<string, ApiNode> {
  const { sampler, decoder, ...rest } = textToImageGraph({ steps: 1, size: 16 });
  const length = nodes - Object.keys(rest).length - 1;
  const chain = Array.from({ length }, (_none, index): readonly [string, ApiNode] => {
    const latent_image = [index === 0 ? 'latent' : `sampler${index - 1}`, 0];
    return [`sampler${index}`, { class_type: 'KSampler', inputs: { ...sampler?.inputs, seed: index, latent_image } }];
  });
  const samples = [`sampler${length - 1}`, 0];
  return {
    ...rest,
    ...Object.fromEntries(chain),
    decoder: { class_type: 'VAEDecode', inputs: { ...decoder?.inputs, samples } },
  };
}

describe('a prompt of many nodes', () => {
  it('runs, however deep, and its client gets every event', async () => {
    const { url } = await openTestServer();
    const log = await openEventLog(url, 'mine');
    const promptId = await submit(url, deepGraph(400), { client_id: 'mine' });
    await log.until(isEnd(promptId));
    expect((await readHistory(url, promptId))?.status.status_str).toBe('success');
    expect(log.events.filter(({ type }) => type === 'executing')).toHaveLength(401);
  });

  it('is refused beyond the bound', async () => {
    const { url } = await openTestServer();
    const latent = { class_type: 'EmptyLatentImage', inputs: {} };
    const prompt = Object.fromEntries(Array.from({ length: 3073 }, (_none, index) => [`n${index}`, latent]));
    expect(await post(`${url}/prompt`, { prompt })).toMatchObject({
      status: 400,
      json: { error: { type: 'invalid_prompt' } },
    });
  });

  it('with a fault at its far end tells it, and which output needs it', async () => {
    const { url } = await openTestServer();
    const graph = deepGraph(2000);
    const latent = { class_type: 'EmptyLatentImage', inputs: { width: 0, height: 16, batch_size: 1 } };
    expect(await post(`${url}/prompt`, { prompt: { ...graph, latent } })).toMatchObject({
      status: 400,
      json: { node_errors: { latent: { dependent_outputs: ['save'], errors: [{ type: 'value_smaller_than_min' }] } } },
    });
  });

  it('with a long cycle tells a part of it', async () => {
    const { url } = await openTestServer();
    const graph = deepGraph(2000);
    const first = graph['sampler0'];
    const sampler0 = { class_type: 'KSampler', inputs: { ...first?.inputs, latent_image: ['sampler1000', 0] } };
    const { json } = await post(`${url}/prompt`, { prompt: { ...graph, sampler0 } });
    expect(json).toMatchObject({ node_errors: { sampler1000: { errors: [{ type: 'dependency_cycle' }] } } });
    expect(JSON.stringify(json).length).toBeLessThan(5000);
  });
});
