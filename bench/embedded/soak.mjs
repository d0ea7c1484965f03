// @ts-check
// Memory and responsiveness of the embedded server over many prompts at 128 × 128.
//
//   node apps/cli/bin/run-source.mjs bench/embedded/soak.mjs [--prompts 3000] [--steps 4] [--out FILE]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEmbeddedServer } from '@dgx-pixels/comfy-embedded';
import { describeHost, median, writeRecord } from './speed-record.mjs';

const { values: options } = parseArgs({
  options: {
    prompts: { type: 'string', default: '3000' },
    steps: { type: 'string', default: '4' },
    out: { type: 'string' },
  },
});
const prompts = Number(options.prompts);
const steps = Number(options.steps);
const reportEvery = Math.max(1, Math.floor(prompts / 20));

/** @param {number} seed */
const graph = (seed) => ({
  1: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: server.checkpointName } },
  2: { class_type: 'CLIPTextEncode', inputs: { text: 'a red bird', clip: ['1', 1] } },
  3: { class_type: 'CLIPTextEncode', inputs: { text: '', clip: ['1', 1] } },
  4: { class_type: 'EmptyLatentImage', inputs: { width: 128, height: 128, batch_size: 1 } },
  5: {
    class_type: 'KSampler',
    inputs: {
      model: ['1', 0],
      seed,
      steps,
      cfg: 5,
      sampler_name: 'euler',
      scheduler: 'normal',
      positive: ['2', 0],
      negative: ['3', 0],
      latent_image: ['4', 0],
      denoise: 1,
    },
  },
  6: { class_type: 'VAEDecode', inputs: { samples: ['5', 0], vae: ['1', 2] } },
  7: { class_type: 'PreviewImage', inputs: { images: ['6', 0] } },
});

/** Runs a prompt and waits for its entry in the history. @param {number} seed */
async function run(seed) {
  const body = JSON.stringify({ prompt: graph(seed) });
  const reply = await fetch(`${server.url}/prompt`, { method: 'POST', body });
  const { prompt_id: id } = /** @type {any} */ (await reply.json());
  for (;;) {
    const history = /** @type {any} */ (await (await fetch(`${server.url}/history/${id}`)).json());
    const entry = history[id];
    if (entry !== undefined) {
      if (entry.status.status_str !== 'success') throw new Error(`prompt ${id} failed`);
      return;
    }
    await wait(2);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const server = await startEmbeddedServer({ outputDirectory: join(folder, 'output') });
await run(0);
// The clock of `performance` starts with the process.
const firstImageMs = performance.now();
console.log(`first image ${firstImageMs.toFixed(0)} ms after the process started`);

const delay = monitorEventLoopDelay({ resolution: 1 });
const promptMs = [];
const memory = [];
delay.enable();
for (let prompt = 1; prompt <= prompts; prompt++) {
  const started = performance.now();
  await run(prompt);
  promptMs.push(performance.now() - started);
  if (prompt % reportEvery !== 0) continue;
  memory.push({ prompt, residentBytes: process.memoryUsage.rss() });
  console.log(`${prompt} prompts: ${((memory.at(-1)?.residentBytes ?? 0) / 2 ** 20).toFixed(0)} MiB`);
}
delay.disable();
await server.close();
rmSync(folder, { recursive: true, force: true });

// The history is full after 1000 prompts; until then memory has a reason to grow.
const settled = memory.slice(Math.floor((memory.length * 2) / 3)).map(({ residentBytes }) => residentBytes);
const growth = Math.max(...settled) / Math.min(...settled) - 1;
console.log(`median prompt ${median(promptMs).toFixed(0)} ms; longest stall ${(delay.max / 1e6).toFixed(1)} ms`);
console.log(`memory over the last third: ${(growth * 100).toFixed(1)} % between lowest and highest`);

if (options.out !== undefined) {
  writeRecord(resolve(import.meta.dirname, '../..', options.out), {
    what: 'memory and responsiveness of the embedded server over many prompts',
    createdAt: new Date().toISOString(),
    host: describeHost(),
    modelSha256: server.modelSha256,
    setting: { prompts, steps, width: 128, height: 128 },
    firstImageMs,
    medianPromptMs: median(promptMs),
    longestStallMs: delay.max / 1e6,
    growthOverLastThird: growth,
    memory,
  });
}
