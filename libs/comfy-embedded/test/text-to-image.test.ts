import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ArithmeticEngine } from './arithmetic-engine.ts';
import { decodePng } from './decode-png.ts';
import { isEnd, openEventLog, readHistory, type ServerEvent, submit, waitForHistory } from './raw-client.ts';
import { openTestServer } from './server-fixture.ts';
import { textToImageGraph } from './text-to-image-graph.ts';

/** Events without the progress states: type, and the node if there is one. */
function outline(events: readonly ServerEvent[]): readonly string[] {
  return events
    .filter(({ type }) => type !== 'progress_state')
    .map(({ type, data }) => ('node' in data ? `${type}(${String(data['node'])})` : type));
}

describe('text to image', () => {
  it('sends the events of ComfyUI in its order, to the client that asked', async () => {
    const { url } = await openTestServer();
    const [log, other] = [await openEventLog(url, 'mine'), await openEventLog(url, 'other')];
    const promptId = await submit(url, textToImageGraph({ steps: 2 }), { client_id: 'mine' });
    await log.until(isEnd(promptId));
    const nodes = log.events.filter(({ type }) => type === 'executing').map(({ data }) => data['node']);
    expect(nodes).toEqual(['loader', ...nodes.slice(1, 4), 'sampler', 'decoder', 'save', null]);
    expect([...nodes.slice(1, 4)].sort()).toEqual(['latent', 'negative', 'positive']);
    const seen = outline(log.events);
    expect(seen.slice(0, 5)).toEqual(['status', 'status', 'status', 'execution_start', 'execution_cached']);
    expect(seen.slice(-9)).toEqual([
      'executing(sampler)',
      'progress(sampler)',
      'progress(sampler)',
      'executing(decoder)',
      'executing(save)',
      'executed(save)',
      'execution_success',
      'status',
      'executing(null)',
    ]);
    expect(other.events.every(({ type }) => type === 'status')).toBe(true);
    const waiting = log.events.filter(({ type }) => type === 'status').map(({ data }) => data['status']);
    expect(waiting).toEqual([0, 1, 1, 0].map((remaining) => ({ exec_info: { queue_remaining: remaining } })));
  });

  it('shows each node running and finished in progress_state, the sampler step by step', async () => {
    const { url } = await openTestServer();
    const log = await openEventLog(url, 'mine');
    const promptId = await submit(url, textToImageGraph({ steps: 3 }), { client_id: 'mine' });
    await log.until(isEnd(promptId));
    const states = log.events.filter(({ type }) => type === 'progress_state').map(({ data }) => data['nodes']);
    const ofSampler = states.flatMap((nodes) => {
      const { sampler } = nodes as Record<string, { state: string; value: number; max: number } | undefined>;
      return sampler === undefined ? [] : [`${sampler.state} ${sampler.value}/${sampler.max}`];
    });
    expect([...new Set(ofSampler)]).toEqual([
      'running 0/1',
      'running 1/3',
      'running 2/3',
      'running 3/3',
      'finished 3/3',
    ]);
    expect(states.at(-1)).toMatchObject({
      save: {
        state: 'finished',
        node_id: 'save',
        prompt_id: promptId,
        display_node_id: 'save',
        parent_node_id: null,
        real_node_id: 'save',
      },
    });
  });

  it('has the entry in history when the last event arrives', async () => {
    const { url } = await openTestServer();
    const log = await openEventLog(url, 'mine');
    const graph = textToImageGraph({ seed: 5, prefix: 'sub/bird', batch: 2 });
    const promptId = await submit(url, graph, {
      client_id: 'mine',
      extra_data: { note: 1, api_key_comfy_org: 'secret' },
    });
    await log.until(isEnd(promptId));
    const images = ['bird_00001_.png', 'bird_00002_.png'].map((filename) => ({
      filename,
      subfolder: 'sub',
      type: 'output',
    }));
    const entry = await readHistory(url, promptId);
    expect(entry).toEqual({
      prompt: [0, promptId, graph, { note: 1, client_id: 'mine' }, ['save']],
      outputs: { save: { images } },
      status: { status_str: 'success', completed: true, messages: expect.any(Array) as unknown[] },
      meta: { save: { node_id: 'save', display_node: 'save', parent_node: null, real_node_id: 'save' } },
    });
    expect(entry?.status.messages.map(([event]) => event)).toEqual([
      'execution_start',
      'execution_cached',
      'execution_success',
    ]);
    expect(entry?.status.messages.every(([, data]) => typeof data['timestamp'] === 'number')).toBe(true);
  });

  it('writes the graph and every extra_pnginfo key into the file that /view serves', async () => {
    const { url, outputDirectory } = await openTestServer();
    const graph = textToImageGraph({ prompt: 'a red bird, größer' });
    const extra_data = { extra_pnginfo: { workflow: { nodes: ['ö'] }, run: 'r1' } };
    await waitForHistory(url, await submit(url, graph, { extra_data }));
    const served = await fetch(`${url}/view?filename=sprite_00001_.png&type=output&subfolder=`);
    expect(served.headers.get('content-type')).toBe('image/png');
    const bytes = Buffer.from(await served.arrayBuffer());
    expect(bytes).toEqual(await readFile(join(outputDirectory, 'sprite_00001_.png')));
    const { width, height, text } = decodePng(bytes);
    expect([width, height]).toEqual([64, 64]);
    expect([...text.keys()]).toEqual(['prompt', 'workflow', 'run']);
    expect(JSON.parse(text.get('prompt') ?? '')).toEqual(graph);
    expect(text.get('workflow')).toBe('{"nodes":["\\u00f6"]}');
  });

  it('keeps all digits of a 64-bit seed in history and in the file', async () => {
    const { url } = await openTestServer();
    const body = JSON.stringify({ prompt: textToImageGraph(), prompt_id: 'wide' }).replace(
      '"seed":1',
      '"seed":18446744073709551615',
    );
    expect((await fetch(`${url}/prompt`, { method: 'POST', body })).status).toBe(200);
    await waitForHistory(url, 'wide');
    expect(await (await fetch(`${url}/history/wide`)).text()).toContain('"seed":18446744073709551615');
    const file = decodePng(new Uint8Array(await (await fetch(`${url}/view?filename=sprite_00001_.png`)).arrayBuffer()));
    expect(file.text.get('prompt')).toContain('"seed":18446744073709551615');
  });

  it('previews into the temporary directory', async () => {
    const { url } = await openTestServer();
    const graph = { ...textToImageGraph(), save: { class_type: 'PreviewImage', inputs: { images: ['decoder', 0] } } };
    const { outputs } = await waitForHistory(url, await submit(url, graph));
    const image = outputs['save']?.images[0];
    expect(image).toMatchObject({
      filename: expect.stringMatching(/^ComfyUI_temp_[a-z]{5}_00001_\.png$/) as string,
      type: 'temp',
    });
    expect((await fetch(`${url}/view?filename=${image?.filename ?? ''}&type=temp`)).status).toBe(200);
  });

  it('tells the client which words the model does not know, also when the prompt is reused', async () => {
    const { url } = await openTestServer();
    const log = await openEventLog(url, 'mine');
    for (const seed of [1, 2]) {
      const promptId = await submit(url, textToImageGraph({ prompt: 'a red zebra', seed }), { client_id: 'mine' });
      await log.until(isEnd(promptId));
      const told = log.events.filter(({ type, data }) => type === 'unknown_words' && data['prompt_id'] === promptId);
      expect(told.map(({ data }) => [data['node'], data['words']])).toEqual([['positive', ['zebra']]]);
    }
  });

  it('refuses to put what is no PNG keyword into a file', async () => {
    const { url } = await openTestServer();
    const extra_data = { extra_pnginfo: { '': 1 } };
    await expect(submit(url, textToImageGraph(), { extra_data })).rejects.toThrow('invalid_request');
  });

  it('runs without a client, sending progress to all', async () => {
    const engine = new ArithmeticEngine();
    const { url } = await openTestServer({ engine });
    const log = await openEventLog(url, 'watcher');
    await waitForHistory(url, await submit(url, textToImageGraph()));
    await log.until(
      ({ type, data }) =>
        type === 'status' && JSON.stringify(data).includes('"queue_remaining":0') && log.events.length > 3,
    );
    expect(new Set(log.events.map(({ type }) => type))).toEqual(new Set(['status', 'progress_state', 'progress']));
  });
});
