// @ts-check
// SSIM of two pictures of 1024 × 1024 beside scikit-image, on one core, taking turns in one run, in CPU time: from RGBA bytes
// to one number here, from float64 arrays that are ready before the clock starts there. The values have to agree to 1e-12.
//
//   python3 -m venv <venv> && <venv>/bin/pip install scikit-image
//   taskset -c 1 node apps/cli/bin/run-source.mjs bench/dataset/ssim.mjs --python <venv>/bin/python [--rounds 15] [--out FILE]
import assert from 'node:assert';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { ssim } from '@dgx-pixels/image-metrics';
import { medianOfRatios, startedInTurn } from '../embedded/paired-rounds.mjs';
import { describeHost, median, writeRecord } from '../embedded/speed-record.mjs';

/** @typedef {'luma' | 'rgb'} Colour */
/** @typedef {'ours' | 'peer'} Side */
/** @typedef {{ value: number, cpuMs: number }} Sample */

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    rounds: { type: 'string', default: '15' },
    out: { type: 'string', default: 'bench/record/ssim.json' },
  },
});
const rounds = Number(options.rounds);
const side = 1024;
/** @type {readonly Side[]} */
const both = ['ours', 'peer'];

/** Waves, other ones in each channel, and noise. @param {number} seed @param {number} noise */
function picture(seed, noise) {
  let state = seed;
  const rgba = new Uint8Array(side * side * 4).fill(255);
  for (let pixel = 0; pixel < side * side; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const wave = 128 + 90 * Math.sin((pixel % side) / 7) * Math.cos(Math.floor(pixel / side) / (5 + channel));
      const level = Math.floor(wave + (state / 2 ** 32 - 0.5) * noise);
      rgba[pixel * 4 + channel] = Math.max(0, Math.min(255, level));
    }
  }
  return { width: side, height: side, rgba };
}

const [one, other] = [picture(1, 0), picture(2, 60)];
const peer = spawn(options.python, [join(import.meta.dirname, 'ssim_peer.py')], {
  stdio: ['pipe', 'pipe', 'inherit'],
  env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
});
const lines = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();

async function answer() {
  const { value, done } = await lines.next();
  if (done) throw new Error(`${options.python} ended: does it have scikit-image?`);
  return JSON.parse(value);
}

/** @type {Record<Side, (colour: Colour) => Promise<Sample>>} */
const measure = {
  ours: async (colour) => {
    const started = process.cpuUsage();
    const value = ssim(one, other, { colour }).value ?? Number.NaN;
    const { user, system } = process.cpuUsage(started);
    return { value, cpuMs: (user + system) / 1000 };
  },
  peer: async (colour) => {
    peer.stdin.write(`${colour}\n`);
    return answer();
  },
};

/** @param {Colour} colour */
async function compare(colour) {
  /** @type {Record<Side, number[]>} */
  const samples = { ours: [], peer: [] };
  /** @type {Record<Side, number>} */
  const values = { ours: Number.NaN, peer: Number.NaN };
  for (let round = -3; round < rounds; round += 1) {
    for (const name of startedInTurn(both, Math.max(0, round))) {
      const { value, cpuMs } = await measure[name](colour);
      values[name] = value;
      // The first rounds warm both sides.
      if (round >= 0) samples[name].push(cpuMs);
    }
  }
  const difference = Math.abs(values.ours - values.peer);
  assert.ok(difference <= 1e-12, `${colour}: the values differ by ${difference}`);
  return {
    colour,
    cpuMs: { ours: median(samples.ours), peer: median(samples.peer) },
    timesFaster: medianOfRatios(samples.peer, samples.ours).ratio,
    values: { ...values, difference },
    samples,
  };
}

for (const { rgba } of [one, other]) peer.stdin.write(rgba.filter((_value, at) => at % 4 !== 3));
const { cores, ...versions } = await answer();
assert.equal(cores, 1, 'start this on one core, with taskset -c');
const cases = [];
for (const colour of /** @type {Colour[]} */ (['luma', 'rgb'])) {
  const row = await compare(colour);
  cases.push(row);
  process.stdout.write(
    `${colour}: ${row.cpuMs.ours.toFixed(0)} ms, scikit-image ${row.cpuMs.peer.toFixed(0)} ms: ${row.timesFaster.toFixed(2)} times, difference ${row.values.difference}\n`,
  );
}
peer.stdin.end();
writeRecord(options.out, {
  what: `SSIM of two ${side} × ${side} pictures beside scikit-image, CPU time on one core, in turns`,
  measuredAt: new Date().toISOString(),
  host: describeHost(),
  versions: { node: process.versions.node, ...versions },
  rounds,
  cases,
});
