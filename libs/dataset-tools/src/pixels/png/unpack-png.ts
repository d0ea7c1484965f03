import { inflateSync } from 'node:zlib';
import type { Raster } from '@dgx-pixels/pixel-art';
import { undoFilters } from './undo-filters.ts';

/** Samples a pixel by colour type (ISO/IEC 15948, table 11.1). */
const channelsOfColourType: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

interface PngParts {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colourType: number;
  readonly palette: Buffer | null;
  readonly transparency: Buffer | null;
  readonly packed: readonly Buffer[];
}

/**
 * The pixels of an ordinary PNG: up to 8 bits a channel, not interlaced. Exactly those in the file: colour profiles and
 * gamma are not applied. About ten times as fast as starting an image library for a sprite.
 *
 * @param bytes a whole PNG whose chunks were checked (`inspectPng`)
 * @returns null for a PNG of another kind, or one whose packed pixels are damaged: leave those to a full decoder
 */
export function unpackPng(bytes: Buffer): Raster | null {
  const parts = readParts(bytes);
  if (parts === null) return null;
  const { width, height, depth, colourType, packed } = parts;
  const bitsPerPixel = (channelsOfColourType[colourType] ?? 0) * depth;
  const stride = Math.ceil((width * bitsPerPixel) / 8);
  const length = height * (stride + 1);
  let rows: Buffer;
  try {
    rows = inflateSync(packed.length === 1 && packed[0] !== undefined ? packed[0] : Buffer.concat(packed), {
      maxOutputLength: length,
      // One byte more than is expected: else zlib asks for another buffer, only to find that it is done.
      chunkSize: Math.max(64, length + 1),
    });
  } catch {
    return null;
  }
  if (rows.length !== length || !undoFilters(rows, stride, Math.max(1, bitsPerPixel >> 3))) return null;
  return toRgba(parts, rows, stride);
}

function readParts(bytes: Buffer): PngParts | null {
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const [depth, colourType, interlace] = [bytes.readUInt8(24), bytes.readUInt8(25), bytes.readUInt8(28)];
  const known = colourType in channelsOfColourType && [1, 2, 4, 8].includes(depth);
  if (!known || interlace !== 0 || (depth < 8 && colourType !== 0 && colourType !== 3)) return null;
  let [palette, transparency]: [Buffer | null, Buffer | null] = [null, null];
  const packed: Buffer[] = [];
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IDAT') packed.push(data);
    else if (type === 'PLTE') palette = data;
    else if (type === 'tRNS') transparency = data;
    else if (type === 'IEND') break;
    at += 12 + length;
  }
  if (colourType === 3 && palette === null) return null;
  return { width, height, depth, colourType, palette, transparency, packed };
}

function toRgba({ width, height, ...parts }: PngParts, rows: Buffer, stride: number): Raster | null {
  if (parts.colourType === 6) return { width, height, rgba: withoutFilterBytes(rows, height, stride) };
  const colours = coloursOf(parts);
  const rgba = new Uint8Array(width * height * 4);
  const pixels = new Uint32Array(rgba.buffer);
  const { depth, colourType } = parts;
  const key = parts.transparency === null || parts.transparency.length < 6 ? null : parts.transparency;
  const mask = 2 ** depth - 1;
  for (let y = 0; y < height; y++) {
    const row = rows.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1));
    if (colours !== null) {
      for (let x = 0, bit = 0; x < width; x++, bit += depth) {
        const value = ((row[bit >> 3] ?? 0) >> (8 - depth - (bit & 7))) & mask;
        if (value >= colours.length) return null;
        pixels[y * width + x] = colours[value] ?? 0;
      }
    } else {
      const out = rgba.subarray(y * width * 4, (y + 1) * width * 4);
      if (colourType === 4) spreadGrey(row, out);
      else spreadRgb(row, out, key);
    }
  }
  return { width, height, rgba };
}

/** RGBA is there already: its rows move together in place, for filling fresh memory takes longer. */
function withoutFilterBytes(rows: Buffer, height: number, stride: number): Uint8Array {
  for (let y = 0; y < height; y++) rows.copyWithin(y * stride, y * (stride + 1) + 1, (y + 1) * (stride + 1));
  return new Uint8Array(rows.buffer, rows.byteOffset, height * stride);
}

/** One 32-bit pixel for each value of a palette or of plain grey; null where a pixel has several samples. */
function coloursOf({
  depth,
  colourType,
  palette,
  transparency,
}: Omit<PngParts, 'width' | 'height'>): Uint32Array | null {
  if (colourType !== 0 && colourType !== 3) return null;
  const count = colourType === 3 ? Math.floor((palette?.length ?? 0) / 3) : 2 ** depth;
  const rgba = new Uint8Array(count * 4);
  const hidden =
    colourType === 0 && transparency !== null && transparency.length >= 2 ? transparency.readUInt16BE(0) : -1;
  for (let value = 0; value < count; value++) {
    const grey = (value * 255) / (2 ** depth - 1);
    const rgb = colourType === 3 ? (palette ?? Buffer.of()).subarray(value * 3, value * 3 + 3) : [grey, grey, grey];
    rgba.set(rgb, value * 4);
    rgba[value * 4 + 3] = colourType === 3 ? (transparency?.[value] ?? 255) : value === hidden ? 0 : 255;
  }
  return new Uint32Array(rgba.buffer);
}

function spreadGrey(row: Uint8Array, out: Uint8Array): void {
  for (let at = 0; at < out.length; at += 4) {
    const grey = row[at >> 1] ?? 0;
    out[at] = grey;
    out[at + 1] = grey;
    out[at + 2] = grey;
    out[at + 3] = row[(at >> 1) + 1] ?? 0;
  }
}

function spreadRgb(row: Uint8Array, out: Uint8Array, key: Buffer | null): void {
  for (let from = 0, to = 0; to < out.length; from += 3, to += 4) {
    const [red = 0, green = 0, blue = 0] = [row[from], row[from + 1], row[from + 2]];
    out[to] = red;
    out[to + 1] = green;
    out[to + 2] = blue;
    out[to + 3] = key !== null && red === key[1] && green === key[3] && blue === key[5] ? 0 : 255;
  }
}
