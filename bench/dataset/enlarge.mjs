// @ts-check
// How fast a picture is enlarged by a whole factor, beside sharp's nearest-neighbour resize from raw pixels to raw pixels, on
// one core, taking turns in one run. Before anything is timed both results are compared, byte for byte, with what the
// definition gives: for the sprites that are timed, whose pixels are opaque or transparent black, and for noise in all four
// channels. sharp multiplies colours by alpha and back, so that it keeps the first only; that is recorded, not timed.
//
//   npx nx build dataset-tools
//   taskset -c 1 node apps/cli/bin/run-source.mjs bench/dataset/enlarge.mjs [--rounds 31] [--out FILE]
//
// `enlarge` gives new memory for every picture, as sharp does; `drawEnlarged` draws into one frame, as an export does. On this
// side of 1 MB, touching new memory is most of the work.
//
// sharp is asked as its manual says, and awaited as it must be: starting its pipeline and its thread are part of its time.
import assert from 'node:assert';
import { createRequire } from 'node:module';
import { parseArgs } from 'node:util';
import { drawEnlarged, enlarge } from '@dgx-pixels/pixel-art';
import { medianOfRatios, startedInTurn } from '../embedded/paired-rounds.mjs';
import { describeHost, median, writeRecord } from '../embedded/speed-record.mjs';

/** @typedef {import('@dgx-pixels/pixel-art').Raster} Raster */
/** @typedef {'enlarge' | 'drawEnlarged' | 'sharp'} Side */

/** @type {typeof import('sharp').default} */
const sharp = createRequire(new URL('../../libs/dataset-tools/package.json', import.meta.url))('sharp');
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '31' },
    out: { type: 'string', default: 'bench/record/enlarge.json' },
  },
});
const rounds = Number(options.rounds);
const factor = 8;
const sides = [32, 64, 128];
/** @type {readonly Side[]} */
const all = ['enlarge', 'drawEnlarged', 'sharp'];
sharp.concurrency(1);
sharp.cache(false);

/** Any bytes in all four channels. @param {number} side @returns {Raster} */
function drawNoise(side) {
  let state = side;
  const rgba = Uint8Array.from({ length: side * side * 4 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
  return { width: side, height: side, rgba };
}

/** Opaque pixels and transparent black ones. @param {number} side @returns {Raster} */
function drawSprite(side) {
  const { rgba, ...size } = drawNoise(side);
  for (let at = 0; at < rgba.length; at += 4) {
    if ((rgba[at + 3] ?? 0) < 128) rgba.fill(0, at, at + 4);
    else rgba[at + 3] = 255;
  }
  return { ...size, rgba };
}

/** Each pixel of the result is the one that its place divided by the factor names. @param {Raster} raster */
function byDefinition({ width, height, rgba }) {
  const large = new Uint8Array(width * height * factor * factor * 4);
  for (let y = 0; y < height * factor; y += 1) {
    for (let x = 0; x < width * factor; x += 1) {
      const from = (Math.floor(y / factor) * width + Math.floor(x / factor)) * 4;
      large.set(rgba.subarray(from, from + 4), (y * width * factor + x) * 4);
    }
  }
  return large;
}

/** One frame for each width. @type {ReadonlyMap<number, Raster>} */
const frames = new Map(
  sides.map((side) => {
    const large = side * factor;
    return [side, { width: large, height: large, rgba: new Uint8Array(large * large * 4) }];
  }),
);

/** @type {Record<Side, (raster: Raster) => Promise<Uint8Array> | Uint8Array>} */
const enlargers = {
  enlarge: (raster) => enlarge(raster, factor).rgba,
  drawEnlarged: (raster) => {
    const frame = frames.get(raster.width);
    assert.ok(frame);
    drawEnlarged(raster, factor, frame);
    return frame.rgba;
  },
  sharp: ({ width, height, rgba }) =>
    sharp(rgba, { raw: { width, height, channels: 4 } })
      .resize(width * factor, height * factor, { kernel: 'nearest' })
      .raw()
      .toBuffer(),
};

/** Whether not a byte differs. @param {Side} side @param {Raster} raster */
async function isBitExact(side, raster) {
  return Buffer.from(await enlargers[side](raster)).equals(byDefinition(raster));
}

/** @param {Side} side @param {Raster} raster @param {number} times @returns {Promise<number>} milliseconds for one picture */
async function time(side, raster, times) {
  const started = performance.now();
  for (let turn = 0; turn < times; turn += 1) await enlargers[side](raster);
  return (performance.now() - started) / times;
}

/** @param {number} side */
async function compare(side) {
  const raster = drawSprite(side);
  const noise = drawNoise(side);
  for (const name of all) assert.ok(await isBitExact(name, raster), `${name} changed a byte of a sprite`);
  for (const name of all.slice(0, 2)) assert.ok(await isBitExact(name, noise), `${name} changed a byte of the noise`);
  const bitExactForNoise = { enlarge: true, drawEnlarged: true, sharp: await isBitExact('sharp', noise) };
  const times = Math.max(4, Math.round((4 * 128 * 128) / (side * side)));
  /** @type {Record<Side, number[]>} */
  const samples = { enlarge: [], drawEnlarged: [], sharp: [] };
  for (let round = -3; round < rounds; round += 1) {
    for (const name of startedInTurn(all, Math.max(0, round))) {
      const ms = await time(name, raster, times);
      // The first rounds warm all sides.
      if (round >= 0) samples[name].push(ms);
    }
  }
  return {
    from: `${side} × ${side}`,
    to: `${side * factor} × ${side * factor}`,
    bitExact: { enlarge: true, drawEnlarged: true, sharp: true },
    bitExactForNoise,
    picturesPerSample: times,
    ms: {
      enlarge: median(samples.enlarge),
      drawEnlarged: median(samples.drawEnlarged),
      sharp: median(samples.sharp),
    },
    timesFaster: {
      enlarge: medianOfRatios(samples.sharp, samples.enlarge).ratio,
      drawEnlarged: medianOfRatios(samples.sharp, samples.drawEnlarged).ratio,
    },
    samples,
  };
}

const cases = [];
for (const side of sides) {
  const row = await compare(side);
  cases.push(row);
  const { from, to, ms, timesFaster } = row;
  const own = /** @type {const} */ (['enlarge', 'drawEnlarged']).map(
    (name) => `${name} ${ms[name].toFixed(3)} ms, ${timesFaster[name].toFixed(1)} times`,
  );
  process.stdout.write(`${from} to ${to}: sharp ${ms.sharp.toFixed(3)} ms; ${own.join('; ')}\n`);
}
writeRecord(options.out, {
  what: `sprites enlarged ${factor} times beside sharp, one core, in turns`,
  measuredAt: new Date().toISOString(),
  host: describeHost(),
  versions: { node: process.versions.node, sharp: sharp.versions.sharp, vips: sharp.versions.vips },
  rounds,
  factor,
  cases,
});
