// @ts-check
// How long the serving thread works at a stretch while prompts of many nodes are judged and run. CPU time of the main
// thread, so that other load does not count; the client is a worker thread.
//
//   node apps/cli/bin/run-source.mjs bench/conformance/measure-large-prompts.mjs [--nodes 3072] [--out FILE]
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { startEmbeddedServer } from '@dgx-pixels/comfy-embedded';
import { describeHost, writeRecord } from '../embedded/speed-record.mjs';
import { largeGraphs } from './large-graphs.mjs';
import { silentEngine } from './silent-engine.mjs';

const { values: options } = parseArgs({
  options: { nodes: { type: 'string', default: '3072' }, out: { type: 'string' } },
});
const nodes = Number(options.nodes);

/** @type {import('@dgx-pixels/comfy-embedded').PixelEngine} */
const engine = {
  ...silentEngine(),
  encodePrompt: () =>
    Promise.resolve({
      states: new Float32Array(1),
      tokens: 1,
      width: 1,
      pooled: new Float32Array(1),
      unknownWords: [],
    }),
  sample: ({ latent }) => Promise.resolve(latent),
  decode: () => Promise.resolve({ values: new Float32Array(3), batch: 1, height: 1, width: 1 }),
};

/** Sends the prompt and waits until history has it, or until it is refused. */
const client = `
  const { parentPort, workerData: { url, body } } = require('node:worker_threads');
  (async () => {
    const answer = await fetch(url + '/prompt', { method: 'POST', body });
    const { prompt_id } = await answer.json();
    parentPort.postMessage(answer.status);
    while (answer.status === 200 && (await (await fetch(url + '/history/' + prompt_id)).text()) === '{}')
      await new Promise((resolve) => setTimeout(resolve, 100));
    parentPort.postMessage('ended');
  })();
`;

const cpuMs = () => Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
let longestMs = 0;
let last = cpuMs();
let watching = true;
function watch() {
  const now = cpuMs();
  longestMs = Math.max(longestMs, now - last);
  last = now;
  if (watching) setImmediate(watch);
}
const takeLongest = () => {
  const longest = longestMs;
  longestMs = 0;
  return longest;
};

const folder = await mkdtemp(join(tmpdir(), 'large-prompts-'));
const server = await startEmbeddedServer({ engine, outputDirectory: folder });
try {
  const rows = [];
  watch();
  for (const round of [1, 2]) {
    for (const [name, prompt] of Object.entries(largeGraphs(nodes))) {
      const body = JSON.stringify({ prompt });
      const worker = new Worker(client, { eval: true, workerData: { url: server.url, body } });
      takeLongest();
      const status = await new Promise((done, fail) => worker.once('message', done).once('error', fail));
      const judgedMs = takeLongest();
      const startedAt = performance.now();
      await new Promise((done) => worker.once('exit', done));
      const runMs = status === 200 ? takeLongest() : null;
      rows.push({
        round,
        name,
        nodes,
        bytes: body.length,
        status,
        judgedMs,
        runMs,
        runSeconds: (performance.now() - startedAt) / 1000,
      });
      console.log(JSON.stringify(rows.at(-1)));
    }
  }
  watching = false;
  const what =
    'longest stretch of CPU work of the serving thread, ms, while a large prompt is judged and while it runs';
  if (options.out !== undefined) {
    writeRecord(resolve(options.out), { what, createdAt: new Date().toISOString(), host: describeHost(), rows });
  }
} finally {
  watching = false;
  await server.close();
  await rm(folder, { recursive: true, force: true });
}
