// @ts-check
// Where the UNet's time goes, per operator, at 128 × 128 with guidance.
//
//   node apps/cli/bin/run-source.mjs bench/embedded/profile-unet.mjs [--threads 2] [--batch 1] [--runs 50] [--out FILE]
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pixelModelDirectory, readManifest } from '@dgx-pixels/pixel-model';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { sessionOptions } from '../../libs/comfy-embedded/src/engine/open-session.ts';
import { describeHost, median, writeRecord } from './speed-record.mjs';

const { values: options } = parseArgs({
  options: {
    threads: { type: 'string', default: '2' },
    batch: { type: 'string', default: '1' },
    runs: { type: 'string', default: '50' },
    out: { type: 'string' },
  },
});
const threads = Number(options.threads);
const rows = 2 * Number(options.batch);
const runs = Number(options.runs);
const cells = 16;
const warmupRuns = 5;
const reportedShare = 0.03;

const { config, files, graphs } = readManifest();
const contextPath = join(pixelModelDirectory(), graphs.unet_context.file);
const path = join(pixelModelDirectory(), graphs.unet.file);
const width = config.textWidths[0] + config.textWidths[1];

/** @param {number[]} shape @param {(i: number) => number} value */
function floats(shape, value) {
  const length = shape.reduce((product, side) => product * side, 1);
  return new Tensor(
    'float32',
    Float32Array.from({ length }, (_, i) => value(i)),
    shape,
  );
}

const side = cells * 8;
const ownInputs = {
  sample: floats([rows, 4, cells, cells], Math.sin),
  timestep: floats([rows], () => 500),
  text_embeds: floats([rows, config.pooledWidth], Math.sin),
  time_ids: floats([rows, 6], (i) => [side, side, 0, 0, side, side][i % 6] ?? 0),
};

/** Keys and values of a prompt: made once, taken by every call. */
async function keysAndValues() {
  const session = await InferenceSession.create(contextPath, sessionOptions(threads));
  const made = await session.run({ encoder_hidden_states: floats([rows, config.maxTokens, width], Math.cos) });
  await session.release();
  return made;
}

async function plainTimes() {
  const session = await InferenceSession.create(path, sessionOptions(threads));
  const times = [];
  for (let run = -warmupRuns; run < runs; run++) {
    const started = performance.now();
    await session.run(feeds);
    if (run >= 0) times.push(performance.now() - started);
  }
  await session.release();
  return times;
}

/** Kernel times from ONNX Runtime's own trace, in microseconds per run. */
async function traceOperators() {
  const folder = mkdtempSync(join(tmpdir(), 'dgx-pixels-profile-'));
  try {
    const profiled = { ...sessionOptions(threads), enableProfiling: true, profileFilePrefix: join(folder, 'unet') };
    const session = await InferenceSession.create(path, profiled);
    for (let run = 0; run < warmupRuns + runs; run++) await session.run(feeds);
    session.endProfiling();
    const [file] = readdirSync(folder);
    /** @type {{ cat: string, name: string, dur: number, args: { op_name?: string } }[]} */
    const events = JSON.parse(readFileSync(join(folder, file ?? ''), 'utf8'));
    return events.filter(({ cat, name }) => cat === 'Node' && name.endsWith('_kernel_time'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const feeds = { ...ownInputs, ...(await keysAndValues()) };
const unprofiledMs = await plainTimes();
const events = await traceOperators();
const totalUs = events.reduce((sum, { dur }) => sum + dur, 0);
/** @type {Map<string, { us: number, calls: number }>} */
const byOperator = new Map();
for (const { dur, args } of events) {
  const name = args.op_name ?? 'unknown';
  const { us, calls } = byOperator.get(name) ?? { us: 0, calls: 0 };
  byOperator.set(name, { us: us + dur, calls: calls + 1 });
}
const operators = [...byOperator]
  .map(([operator, { us, calls }]) => ({
    operator,
    share: us / totalUs,
    usPerRun: us / (warmupRuns + runs),
    nodes: calls / (warmupRuns + runs),
  }))
  .sort((a, b) => b.share - a.share);

console.log(
  `UNet, ${rows} rows of ${cells} × ${cells}, ${threads} threads: median ${median(unprofiledMs).toFixed(2)} ms without the profiler`,
);
console.log('operator                    share   µs a run   nodes');
for (const { operator, share, usPerRun, nodes } of operators) {
  if (share < reportedShare) continue;
  console.log(
    `${operator.padEnd(24)} ${(100 * share).toFixed(1).padStart(7)} % ${usPerRun.toFixed(0).padStart(9)} ${String(nodes).padStart(7)}`,
  );
}
if (options.out !== undefined) {
  writeRecord(resolve(import.meta.dirname, '../..', options.out), {
    what: 'ONNX Runtime operator times of the UNet, CPU',
    createdAt: new Date().toISOString(),
    host: describeHost(),
    modelSha256: files.find((file) => file.path.endsWith('.safetensors'))?.sha256,
    setting: { threads, rows, cells, runs, warmupRuns },
    unprofiledMs,
    operators,
  });
}
