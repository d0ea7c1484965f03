// @ts-check
// How often is the native size found, by kind of damage? Over a folder of native 32 × 32 sprites.
//
//   node apps/cli/bin/run-source.mjs bench/dataset/scale-detection.mjs --sprites FOLDER [--count 86] [--out FILE]
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { detectScale, enlarge } from '@dgx-pixels/pixel-art';
import sharp from 'sharp';

const { values: options } = parseArgs({
  options: {
    sprites: { type: 'string' },
    count: { type: 'string', default: '86' },
    out: { type: 'string', default: 'bench/record/scale-detection.json' },
  },
});
if (options.sprites === undefined) throw new Error('--sprites names a folder of PNG files of 32 × 32 pixels');

/** @typedef {import('@dgx-pixels/pixel-art').Raster} Raster */
/** @typedef {(enlarged: Raster, native: Raster, factor: number) => Promise<Raster> | Raster} Damage */

/** @type {Readonly<Record<string, Damage>>} */
const damages = {
  'clean nearest': (enlarged) => enlarged,
  'cropped off the grid': (enlarged) => crop(enlarged, 3, 1),
  'JPEG, quality 90': (enlarged) => through(enlarged, (image) => image.jpeg({ quality: 90 })),
  'JPEG, quality 60': (enlarged) => through(enlarged, (image) => image.jpeg({ quality: 60 })),
  'Gaussian blur, sigma 1': (enlarged) => through(enlarged, (image) => image.blur(1)),
  bicubic: (_enlarged, native, factor) =>
    through(native, (image) => image.resize(native.width * factor, native.height * factor, { kernel: 'cubic' })),
};
const factors = [4, 8, 16];

const sprites = await readSprites(options.sprites, Number(options.count));
/** @type {Record<string, { found: number, cases: number, ms: number, wrong: string[] }>} */
const rows = {};
for (const [damage, apply] of Object.entries(damages)) {
  const row = { found: 0, cases: 0, ms: 0, wrong: /** @type {string[]} */ ([]) };
  for (const { name, raster } of sprites) {
    for (const factor of factors) {
      const damaged = await apply(enlarge(raster, factor), raster, factor);
      const started = performance.now();
      const finding = await detectScale(damaged);
      row.ms += performance.now() - started;
      row.cases += 1;
      if (finding.factor === factor) row.found += 1;
      else
        row.wrong.push(`${name} ×${factor}: ${finding.factor} (${finding.method}, ${finding.confidence.toFixed(2)})`);
    }
  }
  row.ms = Math.round((row.ms / row.cases) * 100) / 100;
  rows[damage] = row;
  process.stdout.write(`${damage}: ${row.found} of ${row.cases}, ${row.ms} ms; ${row.wrong.slice(0, 4).join('; ')}\n`);
}
const record = {
  what: 'share of sprites whose native size was found',
  createdAt: new Date().toISOString(),
  node: process.versions.node,
  sprites: sprites.length,
  factors,
  rows: Object.entries(rows).map(([damage, row]) => ({ damage, share: row.found / row.cases, ...row })),
};
writeFileSync(options.out, `${JSON.stringify(record, null, 2)}\n`);

/**
 * Opaque sprites with at least eight colours that fill their square: what is drawn in a corner has no grid to find.
 *
 * @param {string} folder
 * @param {number} count
 */
async function readSprites(folder, count) {
  const names = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.png'))
    .sort();
  const found = [];
  for (const name of names) {
    const image = sharp(readFileSync(join(folder, name)));
    const { width, height } = await image.metadata();
    if (width !== 32 || height !== 32) continue;
    const raster = await toRaster(image.flatten({ background: '#808080' }));
    if ((await detectScale(raster)).factor === 1) found.push({ name, raster });
  }
  const stride = Math.max(1, Math.floor(found.length / count));
  return found.filter((_sprite, index) => index % stride === 0).slice(0, count);
}

/** @param {Raster} raster @param {number} left @param {number} top */
function crop({ width, height, rgba }, left, top) {
  const [columns, rows] = [width - left - 2, height - top - 3];
  const part = new Uint8Array(columns * rows * 4);
  for (let y = 0; y < rows; y += 1) {
    const start = ((y + top) * width + left) * 4;
    part.set(rgba.subarray(start, start + columns * 4), y * columns * 4);
  }
  return { width: columns, height: rows, rgba: part };
}

/** @param {Raster} raster @param {(image: import('sharp').Sharp) => import('sharp').Sharp} change */
async function through({ width, height, rgba }, change) {
  const opaque = sharp(rgba, { raw: { width, height, channels: 4 } }).removeAlpha();
  const changed = await change(opaque).toBuffer({ resolveWithObject: true });
  const { format, width: columns, height: rows, channels } = changed.info;
  if (format !== 'raw') return toRaster(sharp(changed.data));
  return toRaster(sharp(changed.data, { raw: { width: columns, height: rows, channels } }));
}

/** @param {import('sharp').Sharp} image @returns {Promise<Raster>} */
async function toRaster(image) {
  const { data, info } = await image.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: new Uint8Array(data) };
}
