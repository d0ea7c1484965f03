import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedServer, startEmbeddedServer } from '../src/index.ts';
import { decodePng, type DecodedPng } from './decode-png.ts';
import { isEnd, openEventLog, post, submit, waitForHistory } from './raw-client.ts';
import { type TextToImage, textToImageGraph } from './text-to-image-graph.ts';

let server: EmbeddedServer;
let outputDirectory: string;

beforeAll(async () => {
  outputDirectory = await mkdtemp(join(tmpdir(), 'comfy-embedded-model-'));
  server = await startEmbeddedServer({ outputDirectory });
});

afterAll(async () => {
  await server.close();
  await rm(outputDirectory, { recursive: true, force: true });
});

/** Draws and returns all pictures of the batch. */
async function draw(options: TextToImage): Promise<readonly DecodedPng[]> {
  const graph = textToImageGraph({ checkpoint: server.checkpointName, steps: 2, ...options });
  const entry = await waitForHistory(server.url, await submit(server.url, graph));
  expect(entry.status.status_str).toBe('success');
  const images = entry.outputs['save']?.images ?? [];
  return Promise.all(
    images.map(async ({ filename, subfolder }) => {
      const query = new URLSearchParams({ filename, subfolder, type: 'output' });
      const answer = await fetch(`${server.url}/view?${query.toString()}`);
      return decodePng(new Uint8Array(await answer.arrayBuffer()));
    }),
  );
}

describe('the bundled model behind the server', () => {
  it('draws a batch of the size asked for, no picture blank, each different', async () => {
    const pictures = await draw({ size: 64, batch: 3, seed: 11 });
    expect(pictures.map(({ width, height }) => [width, height])).toEqual([
      [64, 64],
      [64, 64],
      [64, 64],
    ]);
    for (const { rgb } of pictures) expect(new Set(rgb).size).toBeGreaterThan(8);
    expect(new Set(pictures.map(({ rgb }) => Buffer.from(rgb).toString('base64'))).size).toBe(3);
  });

  it('draws the same bits from the same seed, others from another', async () => {
    const first = await draw({ seed: 1 });
    const other = await draw({ seed: 2 });
    const again = await draw({ seed: 1 });
    expect(again[0]?.rgb).toEqual(first[0]?.rgb);
    expect(other[0]?.rgb).not.toEqual(first[0]?.rgb);
  });

  it('follows the prompt', async () => {
    const [red] = await draw({ prompt: 'a red bird' });
    const [blue] = await draw({ prompt: 'a blue bird' });
    expect(blue?.rgb).not.toEqual(red?.rgb);
  });

  it('draws sizes whose latents do not divide by 4', async () => {
    const [picture] = await draw({ size: 72 });
    expect(picture).toMatchObject({ width: 72, height: 72 });
  });

  it('names words that it has never seen', async () => {
    const log = await openEventLog(server.url, 'words');
    const graph = textToImageGraph({ checkpoint: server.checkpointName, prompt: 'a red xylograph', steps: 1 });
    const promptId = await submit(server.url, graph, { client_id: 'words' });
    await log.until(isEnd(promptId));
    expect((await log.until(({ type }) => type === 'unknown_words')).data['words']).toEqual(['xylograph']);
  });

  it('stops between steps and draws on afterwards', async () => {
    const log = await openEventLog(server.url, 'stop');
    const before = await readdir(outputDirectory);
    const graph = textToImageGraph({ checkpoint: server.checkpointName, steps: 500, seed: 99 });
    const promptId = await submit(server.url, graph, { client_id: 'stop' });
    await log.until(({ type }) => type === 'progress');
    await post(`${server.url}/interrupt`, { prompt_id: promptId });
    await log.until(isEnd(promptId));
    expect(log.events.some(({ type }) => type === 'execution_interrupted')).toBe(true);
    expect(await readdir(outputDirectory)).toEqual(before);
    expect(await draw({ seed: 100 })).toHaveLength(1);
  });

  it('refuses a model that it does not have, naming the one it has', async () => {
    const answer = await post(`${server.url}/prompt`, { prompt: textToImageGraph({ checkpoint: 'sdxl.safetensors' }) });
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(server.checkpointName);
  });
});
