import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { filterRows } from './filter-rows.ts';
import { pngChunk, pngSignature } from './png-chunk.ts';
import type { TextChunk } from './text-chunk.ts';

const deflateInThreadPool = promisify<Uint8Array, { level: number }, Buffer>(deflate);

/** An RGB picture to write. */
export interface RgbImage {
  /** uint8, shape `[height, width, 3]`, row-major. */
  readonly rgb: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** A picture with opacity to write. */
export interface RgbaImage {
  /** uint8, shape `[height, width, 4]`, row-major; alpha last, not premultiplied. */
  readonly rgba: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Colour types of the PNG specification, 11.2.1. */
const truecolour = 2;
const truecolourWithAlpha = 6;

function header(width: number, height: number, colourType: number): Buffer {
  const body = Buffer.alloc(13);
  body.writeUInt32BE(width, 0);
  body.writeUInt32BE(height, 4);
  // 8 bits a channel; compression, filter method and interlace are 0.
  body.set([8, colourType], 8);
  return body;
}

/**
 * Writes an 8-bit truecolour PNG, with an alpha channel for RGBA, and with text chunks ahead of the pixels, where ComfyUI puts them. Deflate runs in the
 * thread pool, filtering in slices: the calling thread never works longer than a few milliseconds at a stretch.
 *
 * @param level - zlib level, 0–9; ComfyUI saves with 4 and previews with 1.
 */
export async function encodePng(
  image: RgbImage | RgbaImage,
  text: readonly TextChunk[],
  level: number,
): Promise<Buffer> {
  const { width, height } = image;
  const hasAlpha = 'rgba' in image;
  const filtered = await filterRows(hasAlpha ? image.rgba : image.rgb, width, height, hasAlpha ? 4 : 3);
  const compressed = await deflateInThreadPool(filtered, { level });
  return Buffer.concat([
    pngSignature,
    ...pngChunk('IHDR', header(width, height, hasAlpha ? truecolourWithAlpha : truecolour)),
    ...text.flatMap((chunk) => pngChunk('tEXt', Buffer.from(`${chunk.keyword}\0${chunk.text}`, 'latin1'))),
    ...pngChunk('IDAT', compressed),
    ...pngChunk('IEND', Buffer.alloc(0)),
  ]);
}
