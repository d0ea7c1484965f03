// @ts-check
// How long does it take to find the duplicates among thousands of sprites, decoding included? And are the groups those
// that comparing every pair in full gives?
//
//   node apps/cli/bin/run-source.mjs bench/dataset/duplicates.mjs --sprites FOLDER [--count 5000] [--rounds 3]
//     [--truth 600] [--out FILE]
//
// `--truth`: of how many sprites, spread over the collection, every pair is compared.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { canonicalPixelsSha256, findDuplicates } from '@dgx-pixels/dataset-tools';
import sharp from 'sharp';
import { compareEveryPair } from './every-pair.mjs';

/** @typedef {import('@dgx-pixels/dataset-tools').ComparedPicture} Picture */

const { values: options } = parseArgs({
  options: {
    sprites: { type: 'string' },
    count: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '3' },
    truth: { type: 'string', default: '600' },
    out: { type: 'string', default: 'bench/record/dataset-duplicates.json' },
  },
});
const { sprites } = options;
if (sprites === undefined) throw new Error('--sprites names a folder of PNG files of 32 × 32 pixels');

const samples = [];
/** @type {readonly Picture[]} */
let pictures = [];
/** @type {import('@dgx-pixels/dataset-tools').Duplicates} */
let duplicates = { links: [], groups: new Map() };
for (let round = 0; round < Number(options.rounds); round++) {
  const started = performance.now();
  pictures = await readPictures(sprites, Number(options.count));
  const decoded = performance.now();
  duplicates = await findDuplicates(pictures);
  const ended = performance.now();
  samples.push({ decodeSeconds: rounded((decoded - started) / 1000), seconds: rounded((ended - started) / 1000) });
  process.stdout.write(`${JSON.stringify(samples.at(-1))}\n`);
}
const peakRssBytes = process.resourceUsage().maxRSS * 1024;
const { links, groups } = duplicates;

const every = Math.max(1, Math.floor(pictures.length / Number(options.truth)));
const subset = pictures.filter((_picture, index) => index % every === 0);
const truth = compareEveryPair(subset);
const found = pairsOf((await findDuplicates(subset)).groups);
const expected = pairsOf(truth.groups);
const both = [...found].filter((pair) => expected.has(pair)).length;

const record = {
  what: 'duplicates among distinct sprites of 32 × 32 pixels, decoding included',
  createdAt: new Date().toISOString(),
  node: process.versions.node,
  pictures: pictures.length,
  samples,
  medianSeconds: samples.map(({ seconds }) => seconds).sort((one, other) => one - other)[samples.length >> 1],
  peakRssBytes,
  links: Object.fromEntries(
    ['turned', 'nearly-equal', 'palette-swap'].map((reason) => [
      reason,
      links.filter((link) => link.reason === reason).length,
    ]),
  ),
  groups: new Set(groups.values()).size,
  truth: {
    what: 'pairs in one group, against comparing every pair in full',
    pictures: subset.length,
    expectedPairs: expected.size,
    foundPairs: found.size,
    precision: found.size === 0 ? null : both / found.size,
    recall: expected.size === 0 ? null : both / expected.size,
    nearPairs: truth.nearPairs,
    nearPairsIfEmptinessCounted: truth.nearPairsIfEmptinessCounted,
  },
};
writeFileSync(options.out, `${JSON.stringify(record, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(record, null, 2)}\n`);

/**
 * @param {string} folder
 * @param {number} count
 * @returns {Promise<readonly Picture[]>} distinct pictures of 32 × 32 pixels
 */
async function readPictures(folder, count) {
  /** @type {Map<string, Picture>} */
  const found = new Map();
  const names = readdirSync(folder, { recursive: true }).map(String);
  for (const name of names.filter((file) => file.endsWith('.png')).sort()) {
    if (found.size >= count) break;
    const image = sharp(readFileSync(join(folder, name)));
    const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    if (info.width !== 32 || info.height !== 32) continue;
    const raster = { width: 32, height: 32, rgba: new Uint8Array(data) };
    const id = canonicalPixelsSha256(raster);
    if (!found.has(id)) found.set(id, { id, name, raster });
  }
  return [...found.values()];
}

/**
 * @param {ReadonlyMap<string, string>} all id → group
 * @returns {ReadonlySet<string>} pairs of ids in one group
 */
function pairsOf(all) {
  const ids = [...all.keys()].sort();
  return new Set(
    ids.flatMap((one, index) =>
      ids
        .slice(index + 1)
        .filter((other) => all.get(one) === all.get(other))
        .map((other) => `${one} ${other}`),
    ),
  );
}

/** @param {number} value */
function rounded(value) {
  return Math.round(value * 100) / 100;
}
