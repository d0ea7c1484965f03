import { inflateSync } from 'node:zlib';
import { Unmet } from './finding.ts';

/** A PNG of 8 bits a channel, red green blue or with alpha. */
export interface Png {
  readonly width: number;
  readonly height: number;
  /** Bytes of a pixel: 3 or 4. */
  readonly channels: number;
  readonly pixels: Buffer;
  /** Texts by keyword, those of `tEXt` chunks. */
  readonly texts: ReadonlyMap<string, string>;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Checks make small pictures; a larger one is not inflated. */
const maxPixelBytes = 16 * 2 ** 20;

/** Reads a PNG. @throws Unmet if it is none, or of a form that ComfyUI does not write */
export function readPng(bytes: Buffer): Png {
  if (!bytes.subarray(0, 8).equals(signature)) throw new Unmet('a PNG', bytes.toString('latin1', 0, 40));
  const texts = new Map<string, string>();
  const parts: Buffer[] = [];
  let header: { width: number; height: number; channels: number } | null = null;
  for (let at = 8; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR' && data.length === 13) header = readHeader(data);
    if (type === 'IDAT') parts.push(data);
    if (type === 'tEXt') {
      const end = data.indexOf(0);
      texts.set(data.toString('latin1', 0, end), data.toString('latin1', end + 1));
    }
    at += 12 + length;
  }
  if (header === null) throw new Unmet('a PNG with a header', 'none');
  return { ...header, texts, pixels: readPixels(Buffer.concat(parts), header) };
}

function readHeader(data: Buffer): { width: number; height: number; channels: number } {
  const [depth, colour, interlace] = [data[8], data[9], data[12]];
  const channels = colour === 6 ? 4 : 3;
  if (depth !== 8 || (colour !== 2 && colour !== 6) || interlace !== 0) {
    throw new Unmet('a PNG of 8 bits a channel, RGB or RGBA', { depth, colour, interlace });
  }
  return { width: data.readUInt32BE(0), height: data.readUInt32BE(4), channels };
}

/** Undoes the filters of PNG (W3C, section 9). */
function readPixels(packed: Buffer, size: { width: number; height: number; channels: number }): Buffer {
  const stride = size.width * size.channels;
  if ((stride + 1) * size.height > maxPixelBytes) throw new Unmet('a small PNG', `${size.width} × ${size.height}`);
  const raw = inflate(packed);
  if (raw.length !== (stride + 1) * size.height) throw new Unmet('a PNG with all its rows', `${raw.length} bytes`);
  const pixels = Buffer.alloc(stride * size.height);
  for (let y = 0; y < size.height; y++) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < size.channels ? 0 : (pixels[at - size.channels] ?? 0);
      const up = y === 0 ? 0 : (pixels[at - stride] ?? 0);
      const corner = y === 0 || x < size.channels ? 0 : (pixels[at - stride - size.channels] ?? 0);
      const guesses = [0, left, up, (left + up) >> 1, paeth(left, up, corner)];
      pixels[at] = (raw[y * (stride + 1) + 1 + x] ?? 0) + (guesses[filter ?? 0] ?? 0);
    }
  }
  return pixels;
}

function inflate(packed: Buffer): Buffer {
  try {
    return inflateSync(packed, { maxOutputLength: maxPixelBytes });
  } catch (error) {
    throw new Unmet('a PNG whose picture unpacks', error instanceof Error ? error.message : 'a fault');
  }
}

function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
