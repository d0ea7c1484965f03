import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePng, type DecodedImage, type EmbeddedServer, startEmbeddedServer } from '../src/index.ts';
import { adapterPath, reference } from './engine/reference.ts';
import { isEnd, openEventLog, submit, waitForHistory, type HistoryEntry } from './raw-client.ts';
import { type ApiNode, textToImageGraph } from './text-to-image-graph.ts';

let server: EmbeddedServer;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comfy-embedded-nodes-'));
  await mkdir(join(folder, 'models', 'loras'), { recursive: true });
  await copyFile(adapterPath, join(folder, 'models', 'loras', 'fixture.safetensors'));
  server = await startEmbeddedServer({
    outputDirectory: join(folder, 'output'),
    modelsDirectory: join(folder, 'models'),
    previews: true,
  });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

type Graph = Record<string, ApiNode>;

const base = (): Graph => textToImageGraph({ checkpoint: 'pixel-sprites.safetensors', size: 128, steps: 3 });

function withInputs(graph: Graph, id: string, inputs: Record<string, unknown>): Graph {
  const node = graph[id];
  if (node === undefined) throw new Error(`no node ${id}`);
  return { ...graph, [id]: { ...node, inputs: { ...node.inputs, ...inputs } } };
}

async function run(
  graph: Graph,
): Promise<{ readonly entry: HistoryEntry; readonly pictures: readonly DecodedImage[] }> {
  const entry = await waitForHistory(server.url, await submit(server.url, graph));
  expect(entry.status.messages.filter(([type]) => type === 'execution_error')).toEqual([]);
  const files = Object.values(entry.outputs).flatMap(({ images }) => images);
  const pictures = files.map(async ({ filename, subfolder, type }) => {
    const query = new URLSearchParams({ filename, subfolder, type });
    const answer = await fetch(`${server.url}/view?${query.toString()}`);
    return decodePng(new Uint8Array(await answer.arrayBuffer()));
  });
  return { entry, pictures: await Promise.all(pictures) };
}

/** Mean difference of a channel, in levels of 8 bits. */
function meanDifference(one: DecodedImage | undefined, other: DecodedImage | undefined): number {
  if (one?.rgba.length === undefined || one.rgba.length !== other?.rgba.length) return Infinity;
  const sum = one.rgba.reduce((total, level, i) => total + Math.abs(level - (other.rgba[i] ?? 0)), 0);
  return sum / one.rgba.length;
}

describe('nodes on the bundled model', () => {
  it('LoraLoader changes the picture by its strength and tells what it could not use', async () => {
    const adapted = (strength: number): Graph => ({
      ...withInputs(withInputs(base(), 'sampler', { model: ['lora', 0] }), 'positive', { clip: ['lora', 1] }),
      lora: {
        class_type: 'LoraLoader',
        inputs: {
          model: ['loader', 0],
          clip: ['loader', 1],
          lora_name: 'fixture.safetensors',
          strength_model: strength,
          strength_clip: strength,
        },
      },
    });
    const plain = await run(base());
    const without = await run(adapted(0));
    const full = await run(adapted(1));
    expect(meanDifference(plain.pictures[0], without.pictures[0])).toBe(0);
    expect(meanDifference(plain.pictures[0], full.pictures[0])).toBeGreaterThan(2);
    const told = full.entry.status.messages.find(([type]) => type === 'unmatched_adapter');
    expect(told?.[1]).toMatchObject({ node: 'lora', adapter: 'fixture.safetensors' });
    const keys = told?.[1]['unmatched_keys'] as string[];
    expect([...keys].sort()).toEqual(reference.adapter.unmatchedKeys);
    const log = await (await fetch(`${server.url}/internal/logs`)).text();
    for (const key of keys) expect(log).toContain(`lora key not loaded: ${key}`);
  });

  it('LoraLoader offers the files of the folder and refuses others', async () => {
    const loader = {
      class_type: 'LoraLoaderModelOnly',
      inputs: { model: ['loader', 0], lora_name: '../../etc/passwd', strength_model: 1 },
    };
    const graph = { ...withInputs(base(), 'sampler', { model: ['lora', 0] }), lora: loader };
    await expect(submit(server.url, graph)).rejects.toThrow(/value_not_in_list.*fixture\.safetensors/s);
  });

  it('an encoded picture is found again by the decoder, and steers image to image', async () => {
    const drawn = await run(base());
    const again = await run({
      ...base(),
      encoder: { class_type: 'VAEEncode', inputs: { pixels: ['decoder', 0], vae: ['loader', 2] } },
      decoder2: { class_type: 'VAEDecode', inputs: { samples: ['encoder', 0], vae: ['loader', 2] } },
      save: { class_type: 'SaveImage', inputs: { images: ['decoder2', 0], filename_prefix: 'again' } },
    });
    expect(meanDifference(drawn.pictures[0], again.pictures[0])).toBeLessThan(3);
    const fromPicture = (denoise: number): Graph => ({
      ...base(),
      encoder: { class_type: 'VAEEncode', inputs: { pixels: ['decoder', 0], vae: ['loader', 2] } },
      sampler2: {
        class_type: 'KSampler',
        inputs: { ...base()['sampler']?.inputs, seed: 9, latent_image: ['encoder', 0], denoise },
      },
      decoder2: { class_type: 'VAEDecode', inputs: { samples: ['sampler2', 0], vae: ['loader', 2] } },
      save: { class_type: 'SaveImage', inputs: { images: ['decoder2', 0], filename_prefix: 'from-picture' } },
    });
    const [slightly, wholly] = [await run(fromPicture(0.1)), await run(fromPicture(1))];
    const far = meanDifference(drawn.pictures[0], wholly.pictures[0]);
    expect(meanDifference(drawn.pictures[0], slightly.pictures[0])).toBeLessThan(far);
  });

  it('two KSamplerAdvanced that share the steps draw what one KSampler draws', async () => {
    const inputs = Object.entries(base()['sampler']?.inputs ?? {});
    const shared = Object.fromEntries(inputs.filter(([name]) => name !== 'denoise' && name !== 'seed'));
    const stage = (more: Record<string, unknown>): ApiNode => ({
      class_type: 'KSamplerAdvanced',
      inputs: { ...shared, noise_seed: 1, ...more },
    });
    const staged = await run({
      ...base(),
      sampler: stage({
        add_noise: 'enable',
        start_at_step: 0,
        end_at_step: 2,
        return_with_leftover_noise: 'enable',
      }),
      second: stage({
        add_noise: 'disable',
        latent_image: ['sampler', 0],
        start_at_step: 2,
        end_at_step: 10_000,
        return_with_leftover_noise: 'disable',
      }),
      decoder: { class_type: 'VAEDecode', inputs: { samples: ['second', 0], vae: ['loader', 2] } },
    });
    expect(meanDifference((await run(base())).pictures[0], staged.pictures[0])).toBeLessThan(0.05);
  });

  it('CLIPTextEncodeSDXL with the picture’s own sizes is CLIPTextEncode; other sizes draw another picture', async () => {
    const sized = (inputs: Record<string, number>): Graph => ({
      ...base(),
      positive: {
        class_type: 'CLIPTextEncodeSDXL',
        inputs: {
          clip: ['loader', 1],
          width: 128,
          height: 128,
          crop_w: 0,
          crop_h: 0,
          target_width: 128,
          target_height: 128,
          text_g: 'a red bird',
          text_l: 'a red bird',
          ...inputs,
        },
      },
    });
    const [plain, same] = [await run(base()), await run(sized({}))];
    expect(meanDifference(plain.pictures[0], same.pictures[0])).toBe(0);
    const other = await run(sized({ width: 64, height: 64, crop_w: 32 }));
    expect(meanDifference(plain.pictures[0], other.pictures[0])).toBeGreaterThan(0.1);
  });

  it('CLIPSetLastLayer at −2 changes nothing, at −1 it does; the preview VAE shows nearly the same picture', async () => {
    const stopped = (layer: number): Graph => ({
      ...withInputs(base(), 'positive', { clip: ['last', 0] }),
      last: { class_type: 'CLIPSetLastLayer', inputs: { clip: ['loader', 1], stop_at_clip_layer: layer } },
    });
    const plain = await run(base());
    expect(meanDifference(plain.pictures[0], (await run(stopped(-2))).pictures[0])).toBe(0);
    expect(meanDifference(plain.pictures[0], (await run(stopped(-1))).pictures[0])).toBeGreaterThan(0.1);
    const preview = await run({
      ...withInputs(base(), 'decoder', { vae: ['vae', 0] }),
      vae: { class_type: 'VAELoader', inputs: { vae_name: 'pixel-sprites-preview' } },
    });
    expect(meanDifference(plain.pictures[0], preview.pictures[0])).toBeLessThan(12);
  });

  it('saves sprites at native size, in the palette, on transparent ground', async () => {
    const { pictures } = await run({
      ...base(),
      small: {
        class_type: 'DgxPixelsDownscale',
        inputs: { image: ['decoder', 0], factor: 8, palette: '#000000, #ffffff, #ff004d, #29adff', colours: 0 },
      },
      save: {
        class_type: 'DgxPixelsSaveSprite',
        inputs: { images: ['small', 0], factor: 1, tolerance: 0, filename_prefix: 'cut' },
      },
    });
    const [sprite] = pictures;
    expect(sprite).toMatchObject({ width: 16, height: 16, alpha: 'channel' });
    const colours = new Set<string>();
    for (let i = 0; i < 16 * 16; i += 1) {
      const [red, green, blue, alpha] = [...(sprite?.rgba.subarray(i * 4, i * 4 + 4) ?? [])];
      colours.add(alpha === 0 ? 'clear' : [red, green, blue, alpha].join());
    }
    expect(colours).toContain('clear');
    const allowed = ['clear', '0,0,0,255', '255,255,255,255', '255,0,77,255', '41,173,255,255'];
    expect([...colours].filter((colour) => !allowed.includes(colour))).toEqual([]);
  });

  it('sends a preview of each step, one pixel for a cell, to the client that asked', async () => {
    const log = await openEventLog(server.url, 'watcher');
    const frames: Buffer[] = [];
    log.socket.on('message', (data: Buffer, isBinary) => isBinary && frames.push(data));
    const promptId = await submit(server.url, withInputs(base(), 'sampler', { seed: 77 }), { client_id: 'watcher' });
    await log.until(isEnd(promptId));
    expect(frames.map((frame) => [frame.readUInt32BE(0), frame.readUInt32BE(4)])).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(await decodePng(frames[0]?.subarray(8) ?? new Uint8Array())).toMatchObject({ width: 16, height: 16 });
  });

  it('primitives feed widgets; what a link brings is checked when it comes', async () => {
    const seeded = {
      ...withInputs(base(), 'sampler', { seed: ['seed', 0], steps: ['steps', 0] }),
      seed: { class_type: 'PrimitiveInt', inputs: { value: 1 } },
      steps: { class_type: 'PrimitiveInt', inputs: { value: 3 } },
    };
    expect(meanDifference((await run(base())).pictures[0], (await run(seeded)).pictures[0])).toBe(0);
    const absurd = { ...seeded, steps: { class_type: 'PrimitiveInt', inputs: { value: 5000 } } };
    const entry = await waitForHistory(server.url, await submit(server.url, absurd));
    const failure = entry.status.messages.find(([type]) => type === 'execution_error');
    expect(failure?.[1]['exception_message']).toContain('steps: 5000: this engine takes up to 1000 steps');
  });
});
