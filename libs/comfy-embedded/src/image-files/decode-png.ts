import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { inSlices } from '@dgx-pixels/pixel-art';
import { ImageError } from '../images/image-errors.ts';
import type { DecodedImage } from './decoded-image.ts';
import { exifOrientation } from './exif-orientation.ts';
import { expandRow } from './expand-row.ts';
import { orientImage } from './orient-image.ts';
import { type PngChunk, readPngChunks } from './png-chunks.ts';
import { parsePngColours } from './png-colours.ts';
import { parsePngHeader } from './png-header.ts';
import { passesLength, pngPasses } from './png-passes.ts';
import { unfilterRow } from './unfilter-row.ts';

const inflateInThreadPool = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate);

async function inflatePixels(chunks: readonly PngChunk[], length: number): Promise<Buffer> {
  const data = Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body));
  if (data.length === 0) throw new ImageError('IMAGE_FILE_CORRUPT', 'the file has no pixels: IDAT is missing');
  let pixels: Buffer;
  try {
    pixels = await inflateInThreadPool(data, { maxOutputLength: length });
  } catch (error) {
    throw new ImageError('IMAGE_FILE_CORRUPT', `the pixels cannot be unpacked to ${length} bytes`, error);
  }
  if (pixels.length < length) {
    throw new ImageError('IMAGE_FILE_CORRUPT', `the pixels end after ${pixels.length} of ${length} bytes`);
  }
  return pixels;
}

/**
 * Decodes a PNG of any colour type and depth to 8-bit RGBA with the values that Pillow's `convert("RGBA")` gives, and
 * turns it as its EXIF orientation says. Of an animation it gives the still picture (IDAT). Inflates in the thread
 * pool, at most to the size that IHDR tells; the rest works in slices.
 *
 * @throws ImageError IMAGE_FILE_CORRUPT, IMAGE_TOO_LARGE.
 */
export async function decodePng(bytes: Uint8Array): Promise<DecodedImage> {
  const chunks = readPngChunks(bytes);
  const header = parsePngHeader(chunks[0]?.body ?? Buffer.alloc(0));
  const colours = parsePngColours(header, chunks);
  const passes = pngPasses(header);
  const pixels = await inflatePixels(chunks, passesLength(passes));
  const pixelBytes = Math.max(1, (header.samples * header.bitDepth) / 8);
  const rgba = new Uint8Array(header.width * header.height * 4);
  let start = 0;
  for (const pass of passes) {
    let above: Uint8Array = new Uint8Array(pass.stride);
    const first = start;
    await inSlices(pass.rows, pass.columns * 4, (from, to) => {
      for (let y = from; y < to; y++) {
        const at = first + y * (pass.stride + 1);
        const row = pixels.subarray(at + 1, at + 1 + pass.stride);
        unfilterRow(pixels[at] ?? 0, row, above, pixelBytes);
        expandRow(row, y, pass, header, colours, rgba);
        above = row;
      }
    });
    start += pass.rows * (pass.stride + 1);
  }
  const exif = chunks.find(({ type }) => type === 'eXIf')?.body;
  const image = { width: header.width, height: header.height, rgba, alpha: colours.alpha };
  return orientImage(image, exif === undefined ? 1 : exifOrientation(exif));
}
