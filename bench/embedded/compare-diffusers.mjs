// @ts-check
// The embedded engine against diffusers on PyTorch: same weights, steps, size and threads, taken in turns in one run.
//
//   npm run python:setup
//   node apps/cli/bin/run-source.mjs bench/embedded/compare-diffusers.mjs [--threads 2] [--rounds 15] [--cells 16] [--cells 32] [--out FILE]
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openPixelEngine } from '@dgx-pixels/comfy-embedded';
import { measureGemmPeak } from '@dgx-pixels/host-telemetry';
import { pixelModelDirectory, readManifest } from '@dgx-pixels/pixel-model';
import { loadModel } from '../../libs/comfy-embedded/src/engine/load-model.ts';
import { readModel } from '../../libs/comfy-embedded/src/engine/read-model.ts';
import { startDiffusers } from './diffusers-process.mjs';
import { medianOfRatios, startedInTurn } from './paired-rounds.mjs';
import { describeHost, median, pause, writeRecord } from './speed-record.mjs';

const root = resolve(import.meta.dirname, '../..');
const { values: options } = parseArgs({
  options: {
    threads: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '15' },
    cells: { type: 'string', multiple: true, default: ['16', '32'] },
    out: { type: 'string', default: 'bench/record/embedded-vs-diffusers.json' },
  },
});
const threads = Number(options.threads);
const rounds = Number(options.rounds);
const setting = { steps: 20, guidance: 7, seed: 42, prompt: 'a red bird' };
const layouts = ['contiguous', 'channels_last'];
const engineSide = 'engine';
const batches = /** @type {const} */ ([1, 8]);
/** Ratios that a whole image is meant to reach, by side in latent cells and batch. @type {Record<number, Record<number, number>>} */
const targets = { 16: { 1: 2.5, 8: 1.3 }, 32: { 1: 1.6, 8: 1.2 } };
/** UNet calls in a row per sample, as in an image: a single call after a rest would time cold caches. */
const unetCalls = { 1: 20, 8: 4 };
/** Both runtimes let their threads spin for a moment after work; the other side starts when they sleep. */
const restMs = 60;
const warmupRounds = 2;

const engine = await openPixelEngine({ threads });
const model = await loadModel({ model: await readModel(pixelModelDirectory()), threads }, () => undefined);
const diffusers = await startDiffusers({ root, modelDirectory: pixelModelDirectory(), threads });

/** @param {number} cells @param {number} batch */
async function drawWithEngine(cells, batch) {
  const { steps, guidance, seed, prompt } = setting;
  const started = performance.now();
  const positive = await engine.encodePrompt({ text: prompt });
  const negative = await engine.encodePrompt({ text: '' });
  const latent = { values: new Float32Array(batch * 4 * cells * cells), batch, height: cells, width: cells };
  const drawn = await engine.sample({
    positive,
    negative,
    latent,
    seed: BigInt(seed),
    steps,
    cfg: guidance,
    sampler: 'euler',
    scheduler: 'normal',
    denoise: 1,
  });
  await engine.decode(drawn);
  return performance.now() - started;
}

/** @param {number} cells @param {1 | 8} batch */
async function prepareEngineUnet(cells, batch) {
  const side = cells * 8;
  const rows = 2 * batch;
  const prompt = await engine.encodePrompt({ text: setting.prompt });
  const repeat = (/** @type {Float32Array} */ part) =>
    Float32Array.from({ length: rows * part.length }, (_, i) => part[i % part.length] ?? 0);
  const prepareUnet = await model.unet([]);
  const inputs = {
    rows,
    height: cells,
    width: cells,
    tokens: prompt.tokens,
    states: repeat(prompt.states),
    pooled: repeat(prompt.pooled),
    timeIds: repeat(Float32Array.of(side, side, 0, 0, side, side)),
  };
  const calls = unetCalls[batch] ?? 1;
  return async () => {
    const started = performance.now();
    const call = prepareUnet(inputs);
    call.sample.forEach((_, i) => (call.sample[i] = Math.sin(i)));
    for (let i = 0; i < calls; i++) await call.run(500);
    return (performance.now() - started) / calls;
  };
}

/** Operations for the keys and values of a prompt, which diffusers makes at every call and the engine once a picture. @param {number} rows */
function contextFlops(rows) {
  const { tensors, config } = readManifest();
  return Object.entries(tensors)
    .filter(([name]) => /\.attn2\.to_[kv]\.weight$/.test(name))
    .reduce((sum, [, { shape }]) => sum + 2 * rows * config.maxTokens * (shape[0] ?? 0) * (shape[1] ?? 0), 0);
}

/** @param {'image' | 'unet'} kind @param {number} cells @param {1 | 8} batch */
async function compare(kind, cells, batch) {
  const ours = kind === 'unet' ? await prepareEngineUnet(cells, batch) : () => drawWithEngine(cells, batch);
  const calls = kind === 'unet' ? unetCalls[batch] : 1;
  const sides = [
    { name: engineSide, run: ours },
    ...layouts.map((layout) => ({
      name: `diffusers ${layout}`,
      run: async () => (await diffusers.ask({ ...setting, kind, cells, batch, calls, layout })).elapsedMs,
    })),
  ];
  /** @type {Record<string, number[]>} */
  const samplesMs = Object.fromEntries(sides.map(({ name }) => [name, []]));
  for (let round = -warmupRounds; round < rounds; round++) {
    for (const { name, run } of startedInTurn(sides, Math.abs(round))) {
      await pause(restMs);
      const elapsedMs = await run();
      if (round >= 0) samplesMs[name]?.push(elapsedMs);
    }
  }
  const medianMs = Object.fromEntries(Object.entries(samplesMs).map(([name, values]) => [name, median(values)]));
  const others = sides.map(({ name }) => name).filter((name) => name !== engineSide);
  const bestOther = others.toSorted((a, b) => (medianMs[a] ?? 0) - (medianMs[b] ?? 0))[0] ?? '';
  const { ratio, ratios } = medianOfRatios(samplesMs[bestOther] ?? [], samplesMs[engineSide] ?? []);
  const target = targets[cells]?.[batch] ?? null;
  console.log(
    `${kind} ${cells * 8}² batch ${batch}: engine ${medianMs[engineSide]?.toFixed(1)} ms, ${bestOther} ${medianMs[bestOther]?.toFixed(1)} ms, ` +
      `ratio ${ratio.toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}), wanted ${target}`,
  );
  return { kind, cells, batch, calls, samplesMs, medianMs, bestOther, ratios, ratio, target };
}

try {
  const host = describeHost();
  const gemm = await measureGemmPeak({ threads });
  const cases = [];
  for (const cells of options.cells.map(Number)) {
    for (const batch of batches) {
      cases.push(await compare('unet', cells, batch));
      cases.push(await compare('image', cells, batch));
    }
  }
  const gemmAfter = await measureGemmPeak({ threads });
  const peakGflops = Math.max(gemm.gflops.median, gemmAfter.gflops.median);
  const unet = [];
  for (const { kind, cells, batch, medianMs } of cases) {
    if (kind !== 'unet') continue;
    const all = await diffusers.ask({ ...setting, kind: 'flops', cells, batch, layout: 'contiguous' });
    const flops = (all.flops ?? NaN) - contextFlops(2 * batch) * (1 - 1 / unetCalls[batch]);
    const gflops = flops / (medianMs['engine'] ?? NaN) / 1e6;
    unet.push({ cells, batch, flops, gflops, shareOfGemmPeak: gflops / peakGflops });
    console.log(
      `unet ${cells * 8}² batch ${batch}: ${gflops.toFixed(1)} GFLOPS, ${((100 * gflops) / peakGflops).toFixed(0)} % of the GEMM peak ${peakGflops.toFixed(1)}`,
    );
  }
  writeRecord(resolve(root, options.out), {
    what: 'embedded engine against diffusers on PyTorch, CPU, interleaved in one run',
    createdAt: new Date().toISOString(),
    host,
    versions: diffusers.versions,
    modelSha256: engine.modelSha256,
    setting: { ...setting, threads, rounds, warmupRounds, restMs, sampler: 'euler', scheduler: 'normal' },
    gemm: { before: gemm, after: gemmAfter },
    unet,
    cases,
  });
  console.log(`written to ${options.out}`);
} finally {
  await diffusers.close();
  await engine.close();
}
