import { createComfyClient } from '@dgx-pixels/comfy-client';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startScriptedServer } from '../../test/scripted-server.ts';
import type { Answer, ScriptedServer, SubmittedPrompt } from '../../test/scripted-server.ts';
import { repositoryRoot } from '../../test/temporary-workspace.ts';
import { loadProfile } from '../definition/load-profile.ts';
import type { Profile } from '../definition/profile.ts';
import { planRuns } from '../plan/plan-runs.ts';
import type { ScenarioPlan } from '../plan/plan-runs.ts';
import { loadWorkflow } from '../workflow/load-workflow.ts';
import type { LoadedWorkflow } from '../workflow/load-workflow.ts';
import { measureScenario, verifyScenario } from './measure-scenario.ts';

let profile: Profile;
let workflow: LoadedWorkflow;
let server: ScriptedServer | undefined;

beforeAll(async () => {
  profile = (await loadProfile(repositoryRoot, 'comfyui')).profile;
  workflow = await loadWorkflow(repositoryRoot, profile);
});

afterEach(async () => {
  await server?.close();
  server = undefined;
});

const scenario = {
  name: 'tiny',
  width: 32,
  height: 16,
  batchSize: 2,
  measuredRuns: 3,
  minimumMs: 0,
  expect: { images: 2, width: 32, height: 16 },
};

function plan(changes: Partial<typeof scenario> = {}): ScenarioPlan {
  const shortened = { ...profile, samples: { ...profile.samples, warmupRuns: 2, runTimeoutMs: 20_000 } };
  const definition = { analysis: '', prompts: ['a', 'b', 'c'], scenarios: [{ ...scenario, ...changes }] };
  return planRuns(shortened, definition, 100n)[0]!;
}

async function measure(script?: (prompt: SubmittedPrompt) => Answer, changes: Partial<typeof scenario> = {}) {
  server = await startScriptedServer(script);
  const engine = { client: createComfyClient({ url: server.url }), processId: process.pid };
  return measureScenario(engine, plan(changes), { workflow, filenamePrefix: 'test' });
}

const pictures = (count: number, width: number, height: number, shade = 0) =>
  Promise.all(
    Array.from({ length: count }, (_, index) => {
      const pixels = Uint8Array.from({ length: width * height * 3 }, (_value, at) => shade + index + (at % 50));
      return sharp(pixels, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer();
    }),
  );

describe('measureScenario', () => {
  it('takes samples after the warm-up, each with a seed and prompt of its own', async () => {
    const measurement = await measure();
    expect(measurement.warmupMs).toHaveLength(2);
    expect(measurement.samples.map(({ row }) => row.failure)).toEqual([null, null, null]);
    expect(measurement.samples.map(({ row }) => row.prompt)).toEqual(['a', 'b', 'c']);
    const submitted = server!.prompts.map((prompt) => prompt.prompt['5']!.inputs['seed']);
    expect(submitted).toEqual([100, 101, 102, 103, 104]);
    expect(measurement.samples.map(({ row }) => row.seed)).toEqual(['102', '103', '104']);
    expect(server!.prompts[0]!.extra_data).toMatchObject({ preview_method: 'none' });
    for (const { row, files } of measurement.samples) {
      expect(row.images).toHaveLength(2);
      expect(files).toHaveLength(2);
      expect(row.images[0]).toMatchObject({ width: 32, height: 16, blank: false });
      expect(row.clientMs).toBeGreaterThan(0);
    }
    expect(measurement.memory.peakProcessBytes).toBeGreaterThan(0);
  });

  it('keeps as many files as it is asked to', async () => {
    server = await startScriptedServer();
    const engine = { client: createComfyClient({ url: server.url }), processId: null };
    const { samples } = await measureScenario(
      engine,
      { ...plan(), keptImages: 3 },
      { workflow, filenamePrefix: 'test' },
    );
    expect(samples.map(({ files }) => files.length)).toEqual([2, 1, 0]);
    expect(samples.map(({ row }) => row.images.length)).toEqual([2, 2, 2]);
  });

  it('goes on beyond the planned runs until the minimum time has passed', async () => {
    const measurement = await measure(undefined, { measuredRuns: 1, minimumMs: 400 });
    expect(measurement.samples.length).toBeGreaterThan(1);
    expect(measurement.samples.map(({ row }) => row.index)).toEqual(measurement.samples.map((_, index) => index));
  });

  const onRun = (position: number, answer: Answer) => (prompt: SubmittedPrompt) =>
    prompt.position === position ? answer : {};

  it.each([
    ['a cached sampler', { cachedNodes: ['1', '4', '5'] }, 'node 5 (sampler) was answered from the server'],
    ['a cached decode', { cachedNodes: ['6'] }, 'node 6 (decode)'],
    ['a cached save', { cachedNodes: ['7'] }, 'node 7 (save)'],
    [
      'a node that breaks',
      { error: 'sizes of tensors must match' },
      'node-error at node 5: RuntimeError: sizes of tensors must match',
    ],
  ] as const)('ends with a failed row at %s', async (_what, answer, failure) => {
    const { samples, warmupMs } = await measure(onRun(3, answer));
    expect(warmupMs).toHaveLength(2);
    expect(samples).toHaveLength(2);
    expect(samples[0]!.row.failure).toBeNull();
    expect(samples[1]!.row.failure).toContain(failure);
  });

  it('lets a cached checkpoint loader pass', async () => {
    const { samples } = await measure(() => ({ cachedNodes: ['1', '4'] }));
    expect(samples.map(({ row }) => row.failure)).toEqual([null, null, null]);
  });

  it.each([
    ['too few', () => pictures(1, 32, 16), 'the number of images is 1 instead of 2'],
    ['too small', () => pictures(2, 16, 16), 'image 0 has 16 × 16 pixels instead of 32 × 16'],
    ['no PNG', () => Promise.resolve([Buffer.from('GIF89a')]), 'cannot be decoded'],
    ['truncated', async () => (await pictures(2, 32, 16)).map((png) => png.subarray(0, -16)), 'cannot be decoded'],
  ])('ends with a failed row when the images are %s', async (_what, files, failure) => {
    const made = await files();
    const { samples } = await measure(onRun(2, { files: made }));
    expect(samples.map(({ row }) => row.failure)).toEqual([expect.stringContaining(failure)]);
  });

  it('ends with a failed row when an image has one colour', async () => {
    const blank = await sharp({ create: { width: 32, height: 16, channels: 3, background: '#808080' } })
      .png()
      .toBuffer();
    const [sound] = await pictures(1, 32, 16);
    const { samples } = await measure(onRun(2, { files: [sound!, blank] }));
    expect(samples[0]!.row.failure).toBe('image 1 has one colour only');
    expect(samples[0]!.row.images.map((image) => image.blank)).toEqual([false, true]);
  });

  it('ends with a failed row when a picture comes a second time, also under other text chunks', async () => {
    const first = await pictures(2, 32, 16, 9);
    const again = await Promise.all(first.map((png) => sharp(png).png({ compressionLevel: 2 }).toBuffer()));
    const { samples } = await measure((prompt) =>
      prompt.position === 2 ? { files: first } : prompt.position === 4 ? { files: again } : {},
    );
    expect(samples.map(({ row }) => row.failure)).toEqual([null, null, 'image 0 repeats the pixels of an earlier one']);
  });

  it('does not begin to measure after a failed warm-up', async () => {
    const { samples, warmupMs } = await measure(onRun(0, { error: 'no model' }));
    expect(warmupMs).toEqual([]);
    expect(samples).toHaveLength(1);
    expect(server!.prompts).toHaveLength(1);
  });

  it('refuses an engine that works for somebody else', async () => {
    server = await startScriptedServer(undefined, 2);
    const engine = { client: createComfyClient({ url: server.url }), processId: null };
    const attempt = measureScenario(engine, plan(), { workflow, filenamePrefix: 'test' });
    await expect(attempt).rejects.toMatchObject({ code: 'BENCH_ENGINE_SHARED', details: { prompts: 2 } });
    expect(server.prompts).toHaveLength(0);
  });

  it('stops at once when the signal aborts during a run', async () => {
    const controller = new AbortController();
    server = await startScriptedServer(async (prompt) => {
      if (prompt.position !== 1) return {};
      controller.abort(new Error('interrupted'));
      return new Promise<Answer>(() => undefined);
    });
    const engine = { client: createComfyClient({ url: server.url }), processId: null };
    const options = { workflow, filenamePrefix: 'test', signal: controller.signal };
    await expect(measureScenario(engine, plan(), options)).rejects.toThrow('interrupted');
    expect(server.prompts).toHaveLength(2);
  });
});

describe('verifyScenario', () => {
  it('runs once, without warm-up', async () => {
    server = await startScriptedServer();
    const engine = { client: createComfyClient({ url: server.url }), processId: null };
    const sample = await verifyScenario(engine, plan(), { workflow, filenamePrefix: 'test' });
    expect(sample.row.failure).toBeNull();
    expect(server.prompts).toHaveLength(1);
  });
});
