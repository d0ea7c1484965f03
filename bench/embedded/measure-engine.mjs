// @ts-check
// Start, memory, stalls of the caller's thread and the sampler's own share, for the embedded engine at 128 × 128.
//
//   node apps/cli/bin/run-source.mjs bench/embedded/measure-engine.mjs [--threads 2] [--opens 5] [--images 10] [--out FILE]
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openPixelEngine } from '@dgx-pixels/comfy-embedded';
import { pixelModelDirectory } from '@dgx-pixels/pixel-model';
import { loadModel } from '../../libs/comfy-embedded/src/engine/load-model.ts';
import { readModel } from '../../libs/comfy-embedded/src/engine/read-model.ts';
import { sampleLatent } from '../../libs/comfy-embedded/src/engine/sample-latent.ts';
import { describeHost, median, writeRecord } from './speed-record.mjs';

const { values: options } = parseArgs({
  options: {
    threads: { type: 'string', default: '2' },
    opens: { type: 'string', default: '5' },
    images: { type: 'string', default: '10' },
    out: { type: 'string' },
  },
});
const threads = Number(options.threads);
const cells = 16;
const steps = 20;

/** @param {{ encodePrompt: (request: { text: string }) => Promise<import('@dgx-pixels/comfy-embedded').Conditioning> }} engine @param {number} batch */
async function request(engine, batch) {
  return {
    positive: await engine.encodePrompt({ text: 'a red bird' }),
    negative: await engine.encodePrompt({ text: '' }),
    latent: { values: new Float32Array(batch * 4 * cells * cells), batch, height: cells, width: cells },
    seed: 42n,
    steps,
    cfg: 5,
    sampler: 'euler',
    scheduler: 'normal',
    denoise: 1,
  };
}

const startMs = [];
let modelSha256 = '';
for (let open = 0; open < Number(options.opens); open++) {
  const started = performance.now();
  const engine = await openPixelEngine({ threads });
  startMs.push(performance.now() - started);
  modelSha256 = engine.modelSha256;
  await engine.close();
}
console.log(`start: first ${startMs[0]?.toFixed(0)} ms, median ${median(startMs).toFixed(0)} ms`);

const engine = await openPixelEngine({ threads });
const eight = await request(engine, 8);
const delay = monitorEventLoopDelay({ resolution: 1 });
const batchMs = [];
delay.enable();
for (let image = 0; image < Number(options.images); image++) {
  const started = performance.now();
  await engine.decode(await engine.sample(eight));
  batchMs.push(performance.now() - started);
}
delay.disable();
const longestStallMs = delay.max / 1e6;
console.log(`caller's thread during ${batchMs.length} batches of 8: longest stall ${longestStallMs.toFixed(1)} ms`);
console.log(
  `batch of 8: median ${median(batchMs).toFixed(0)} ms; peak memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`,
);
await engine.close();

// The sampler's own share: a whole run against the sum of its UNet calls.
const model = await loadModel({ model: await readModel(pixelModelDirectory()), threads }, () => undefined);
const unet = await model.unet([]);
const own = [];
for (let run = 0; run < 12; run++) {
  let inUnetMs = 0;
  const prepareUnet = (/** @type {Parameters<typeof unet>[0]} */ rows) => {
    const call = unet(rows);
    return {
      ...call,
      run: async (/** @type {number} */ timestep) => {
        const started = performance.now();
        await call.run(timestep);
        inUnetMs += performance.now() - started;
      },
    };
  };
  const one = { ...eight, latent: { ...eight.latent, values: new Float32Array(4 * cells * cells), batch: 1 } };
  const started = performance.now();
  await sampleLatent({ ...model, prepareUnet }, one, { beforeStep: () => undefined, afterStep: () => undefined });
  own.push(1 - inUnetMs / (performance.now() - started));
}
console.log(`outside the UNet at batch 1: ${(100 * median(own)).toFixed(1)} % of a run`);

if (options.out !== undefined) {
  writeRecord(resolve(import.meta.dirname, '../..', options.out), {
    what: 'start, memory and responsiveness of the embedded engine, CPU',
    createdAt: new Date().toISOString(),
    host: describeHost(),
    modelSha256,
    setting: { threads, cells, steps },
    startMs,
    batchOf8Ms: batchMs,
    longestStallMs,
    peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    shareOutsideUnet: own,
  });
}
