import { writeFile } from 'node:fs/promises';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

import { createComfyClient, runWorkflow } from '@dgx-pixels/comfy-client';

import { runBare } from './run-bare.mjs';

/**
 * What our client costs: time a prompt over bare fetch and ws, in pairs of random order; lag and memory under 5,000
 * progress events a second; memory over 1,000 prompts in one process. The server runs in a thread of its own.
 */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'bench/record/client-overhead.json' },
    pairs: { type: 'string', default: '300' },
  },
});
const graph = { 7: { class_type: 'Note', inputs: {} } };

const server = new Worker(new URL('./no-op-server.mjs', import.meta.url), { execArgv: process.execArgv });
const url = /** @type {string} */ (await new Promise((resolve) => server.once('message', resolve)));
const client = createComfyClient({ url });

const overhead = await measureOverhead(Number(values.pairs));
const events = await measureEvents(10);
const memory = await measureMemory(1_000);
const record = { measured: new Date().toISOString(), node: process.version, overhead, events, memory };
await writeFile(values.out, `${JSON.stringify(record, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);
await server.terminate();

/** @param {number} pairs */
async function measureOverhead(pairs) {
  /** @type {number[]} */
  const ours = [];
  /** @type {number[]} */
  const bare = [];
  for (let pair = -20; pair < pairs; pair += 1) {
    const ms = { ours: 0, bare: 0 };
    const sides = /** @type {const} */ (['ours', 'bare']);
    for (const side of Math.random() < 0.5 ? sides : sides.toReversed()) {
      const started = performance.now();
      if (side === 'ours') await expectSuccess();
      else await runBare(url, graph);
      ms[side] = performance.now() - started;
    }
    // The first pairs warm up.
    if (pair < 0) continue;
    ours.push(ms.ours);
    bare.push(ms.bare);
  }
  const differences = ours.map((value, index) => value - (bare[index] ?? Number.NaN));
  return {
    pairs,
    oursMs: { p50: quantile(ours, 0.5), p95: quantile(ours, 0.95) },
    bareMs: { p50: quantile(bare, 0.5), p95: quantile(bare, 0.95) },
    differenceMs: { p50: quantile(differences, 0.5), p95: quantile(differences, 0.95) },
  };
}

/** @param {number} seconds */
async function measureEvents(seconds) {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  let progress = 0;
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let largest = before;
  delay.enable();
  const started = performance.now();
  await runWorkflow(
    client,
    { 7: { class_type: 'Chatty', inputs: { seconds } } },
    {
      onEvent: (event) => {
        if (event.type !== 'progress') return;
        progress += 1;
        if (progress % 1_000 === 0) largest = Math.max(largest, process.memoryUsage().rss);
      },
    },
  );
  const took = (performance.now() - started) / 1000;
  delay.disable();
  return {
    eventsPerSecond: Math.round(progress / took),
    longestLagMs: Math.round(delay.max / 1e5) / 10,
    rssBeforeBytes: before,
    rssLargestBytes: largest,
  };
}

/** @param {number} prompts */
async function measureMemory(prompts) {
  /** @type {number[]} */
  const rssBytes = [];
  for (let prompt = 1; prompt <= prompts; prompt += 1) {
    await expectSuccess();
    if (prompt % 100 === 0) {
      globalThis.gc?.();
      await sleep(20);
      rssBytes.push(process.memoryUsage().rss);
    }
  }
  const third = rssBytes.slice(-4);
  return {
    prompts,
    rssBytes,
    growthOverLastThird: (third.at(-1) ?? Number.NaN) / (third[0] ?? Number.NaN) - 1,
    handles: process.getActiveResourcesInfo().length,
  };
}

async function expectSuccess() {
  const job = await runWorkflow(client, graph);
  if (job.status !== 'succeeded') throw new Error(JSON.stringify(job));
}

/** @param {readonly number[]} numbers @param {number} share 0 … 1 */
function quantile(numbers, share) {
  const sorted = numbers.toSorted((first, second) => first - second);
  return Math.round((sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN) * 1000) / 1000;
}
