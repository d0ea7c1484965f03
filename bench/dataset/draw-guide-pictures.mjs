// @ts-check
// Draws the pictures of docs/guides/dataset.md from the committed datasets.
//
//   node apps/cli/bin/run-source.mjs bench/dataset/draw-guide-pictures.mjs
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readDatasetImage, readManifest } from '@dgx-pixels/dataset-tools';
import { detectScale, enlarge } from '@dgx-pixels/pixel-art';
import sharp from 'sharp';

const out = 'docs/guides/pictures';
mkdirSync(out, { recursive: true });

/** @typedef {import('@dgx-pixels/pixel-art').Raster} Raster */
/** @param {Raster} raster */
const image = ({ width, height, rgba }) => sharp(rgba, { raw: { width, height, channels: 4 } });
/** @param {import('sharp').Sharp} from @returns {Promise<Raster>} */
async function toRaster(from) {
  const { data, info } = await from.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgba: new Uint8Array(data) };
}

/** @param {string} name @param {string} background @param {number} cell pixels a picture @param {number} columns */
async function drawSet(name, background, cell, columns) {
  const folder = join('datasets', name);
  const { images } = await readManifest(folder);
  const tiles = await Promise.all(
    images.map(async ({ id }, index) => {
      const raster = await readDatasetImage(folder, id);
      const factor = Math.max(1, Math.floor((cell - 4) / Math.max(raster.width, raster.height)));
      const large = enlarge(raster, factor);
      return {
        input: await image(large).png().toBuffer(),
        left: (index % columns) * cell + ((cell - large.width) >> 1),
        top: Math.floor(index / columns) * cell + ((cell - large.height) >> 1),
      };
    }),
  );
  const rows = Math.ceil(images.length / columns);
  const sheet = sharp({ create: { width: columns * cell, height: rows * cell, channels: 4, background } }).composite(
    tiles,
  );
  await sheet.png({ palette: true, compressionLevel: 9 }).toFile(join(out, `dataset-${name}.png`));
}

/** A sprite as it was drawn, as a careless tool leaves it, and what detection makes of a JPEG of it. */
async function drawScales() {
  const { images } = await readManifest('datasets/crew');
  const mushroom = images.find(({ name }) => name.endsWith('/mushroom'));
  if (mushroom === undefined) throw new Error('the crew has no mushroom');
  const white = await toRaster(
    image(await readDatasetImage('datasets/crew', mushroom.id)).flatten({ background: '#ffffff' }),
  );
  const lanczos = await toRaster(image(white).resize(200, 192, { kernel: 'lanczos3' }));
  const jpeg = await toRaster(sharp(await image(enlarge(white, 4)).jpeg({ quality: 60 }).toBuffer()));
  const found = await detectScale(jpeg);
  if (found.native === null) throw new Error(found.reason ?? 'no grid was found');
  const parts = [enlarge(white, 4), lanczos, jpeg, enlarge(found.native, 4)];
  const tiles = await Promise.all(
    parts.map(async (part, index) => ({ input: await image(part).png().toBuffer(), left: index * 216, top: 8 })),
  );
  const strip = sharp({ create: { width: 4 * 216, height: 212, channels: 4, background: '#ffffff' } }).composite(tiles);
  await strip.png({ compressionLevel: 9 }).toFile(join(out, 'dataset-scale.png'));
}

await drawSet('pixel-icons', '#9bbc0f', 76, 13);
await drawSet('crew', '#ffffff', 76, 13);
await drawScales();
