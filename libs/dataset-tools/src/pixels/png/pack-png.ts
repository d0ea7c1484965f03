import { crc32, deflateSync } from 'node:zlib';
import { pixelWords, type Raster } from '@dgx-pixels/pixel-art';

/** The first eight bytes of a PNG. */
export const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const maxColours = 256;

/**
 * A picture as a PNG without metadata, every byte of its pixels kept: with a palette if it has at most 256 different
 * pixels, in the order in which they appear, else as 8-bit RGBA. Rows are unfiltered, which packs flat pixel art best. The
 * same bytes for the same pixels and zlib.
 */
export function packPng(raster: Raster): Buffer {
  const indexed = indexPixels(raster);
  if (indexed === null) return join(raster, 6, [], plainRows(raster));
  const { rows, colours } = indexed;
  const palette = Buffer.allocUnsafe(colours.length * 3);
  const alpha = Buffer.allocUnsafe(colours.length);
  const channels = new Uint8Array(colours.buffer, colours.byteOffset, colours.byteLength);
  let isOpaque = true;
  for (let index = 0; index < colours.length; index++) {
    for (let channel = 0; channel < 3; channel++) palette[index * 3 + channel] = channels[index * 4 + channel] ?? 0;
    alpha[index] = channels[index * 4 + 3] ?? 0;
    if (alpha[index] !== 255) isOpaque = false;
  }
  const chunks = [packChunk('PLTE', palette), ...(isOpaque ? [] : [packChunk('tRNS', alpha)])];
  return join(raster, 3, chunks, rows);
}

/** A chunk of a PNG: length, type, data, checksum (ISO/IEC 15948, 5.3). */
export function packChunk(type: string, data: Uint8Array): Buffer {
  const whole = Buffer.allocUnsafe(data.length + 12);
  whole.writeUInt32BE(data.length, 0);
  whole.write(type, 4, 'latin1');
  whole.set(data, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, data.length + 8)), data.length + 8);
  return whole;
}

/** Slots of the table of colours: four for each colour, so that few share one. */
const tableSlots = 1024;
const hashShift = 22;
/** Index of the colour in a slot, plus 1; 0: empty. Used by one picture at a time. */
const indexOfSlot = new Uint16Array(tableSlots);
const found = new Uint32Array(maxColours);

/** Rows of one byte for each pixel and what the bytes stand for; null when there are too many different pixels. */
function indexPixels(raster: Raster): { rows: Buffer; colours: Uint32Array } | null {
  const { width, height } = raster;
  const words = pixelWords(raster);
  const rows = Buffer.allocUnsafe(height * (width + 1));
  indexOfSlot.fill(0);
  let count = 0;
  let last = 0;
  let lastIndex = -1;
  for (let y = 0, pixel = 0, at = 0; y < height; y++) {
    rows[at++] = 0;
    for (const end = pixel + width; pixel < end; pixel++) {
      const word = words[pixel] ?? 0;
      if (word !== last || lastIndex < 0) {
        // Multiplicative hashing (Knuth, TAOCP 6.4) with linear probing; at most a quarter of the slots is taken.
        let slot = Math.imul(word, 0x9e3779b1) >>> hashShift;
        let index = (indexOfSlot[slot] ?? 0) - 1;
        while (index >= 0 && found[index] !== word) {
          slot = (slot + 1) % tableSlots;
          index = (indexOfSlot[slot] ?? 0) - 1;
        }
        if (index < 0) {
          if (count === maxColours) return null;
          index = count++;
          found[index] = word;
          indexOfSlot[slot] = count;
        }
        last = word;
        lastIndex = index;
      }
      rows[at++] = lastIndex;
    }
  }
  return { rows, colours: found.slice(0, count) };
}

/** Rows of plain RGBA. */
function plainRows({ width, height, rgba }: Raster): Buffer {
  const stride = width * 4;
  const rows = Buffer.allocUnsafe(height * (stride + 1));
  for (let y = 0; y < height; y++) {
    rows[y * (stride + 1)] = 0;
    rows.set(rgba.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  }
  return rows;
}

/** @param rows each with its filter byte in front */
function join({ width, height }: Raster, colourType: number, chunks: readonly Buffer[], rows: Buffer): Buffer {
  const header = Buffer.allocUnsafe(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, colourType, 0, 0, 0], 8);
  // A buffer of the size of what comes out at most, as a rule: that of zlib is 16 times a sprite.
  const chunkSize = Math.max(256, Math.min(rows.length + 64, 65_536));
  const pixels = packChunk('IDAT', deflateSync(rows, { level: 6, chunkSize }));
  return Buffer.concat([pngSignature, packChunk('IHDR', header), ...chunks, pixels, endChunk]);
}

const endChunk = packChunk('IEND', Buffer.of());
