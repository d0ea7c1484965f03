import { inflateSync } from 'node:zlib';
import { ImageError } from '../images/image-errors.ts';
import { readPngChunks } from './png-chunks.ts';

/** A text of a PNG file. */
export interface PngText {
  readonly keyword: string;
  readonly text: string;
}

/** Bounds of the texts of one file. */
export const textLimits = {
  /** Of one compressed text after unpacking. */
  maxInflatedBytes: 1024 * 1024,
  /** Of all texts together. */
  maxTotalBytes: 16 * 1024 * 1024,
  maxTexts: 1000,
} as const;

function inflateText(body: Buffer): Buffer {
  try {
    return inflateSync(body, { maxOutputLength: textLimits.maxInflatedBytes });
  } catch (error) {
    throw new ImageError('IMAGE_FILE_CORRUPT', 'a compressed text cannot be unpacked within its bounds', error);
  }
}

/** The bytes up to the next NUL, and those after it. */
function cut(body: Buffer): readonly [before: Buffer, after: Buffer] {
  const end = body.indexOf(0);
  if (end < 0) throw new ImageError('IMAGE_FILE_CORRUPT', 'a text chunk does not end its keyword');
  return [body.subarray(0, end), body.subarray(end + 1)];
}

/** Layouts of the PNG specification, 11.3.3. */
function parseText(type: string, body: Buffer): { keyword: Buffer; text: Buffer; encoding: 'latin1' | 'utf8' } {
  const [keyword, rest] = cut(body);
  if (type === 'tEXt') return { keyword, text: rest, encoding: 'latin1' };
  if (type === 'zTXt') {
    if (rest[0] !== 0) throw new ImageError('IMAGE_FILE_CORRUPT', 'zTXt uses an unknown compression method');
    return { keyword, text: inflateText(rest.subarray(1)), encoding: 'latin1' };
  }
  const [flag = 0, method = 0] = rest;
  if (flag > 1 || method !== 0) throw new ImageError('IMAGE_FILE_CORRUPT', 'iTXt uses an unknown compression method');
  const [, translated] = cut(rest.subarray(2));
  const [, text] = cut(translated);
  return { keyword, text: flag === 1 ? inflateText(text) : text, encoding: 'utf8' };
}

/**
 * Reads the texts of a PNG (tEXt, zTXt, iTXt) in file order: where ComfyUI keeps a picture's graph, under `prompt` and
 * `workflow`.
 *
 * @throws ImageError IMAGE_FILE_CORRUPT, also above `textLimits`.
 */
export function readTextChunks(bytes: Uint8Array): readonly PngText[] {
  const texts: PngText[] = [];
  let total = 0;
  for (const { type, body } of readPngChunks(bytes)) {
    if (!['tEXt', 'zTXt', 'iTXt'].includes(type)) continue;
    const { keyword, text, encoding } = parseText(type, body);
    total += text.length;
    if (total > textLimits.maxTotalBytes || texts.length === textLimits.maxTexts) {
      throw new ImageError('IMAGE_FILE_CORRUPT', 'the texts of the file are longer than allowed');
    }
    texts.push({ keyword: keyword.toString('latin1'), text: text.toString(encoding) });
  }
  return texts;
}
