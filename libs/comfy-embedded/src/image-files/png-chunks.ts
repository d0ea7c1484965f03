import { crc32 } from 'node:zlib';
import { ImageError } from '../images/image-errors.ts';
import { pngSignature } from '../png/png-chunk.ts';

/** A chunk as it stands in the file. */
export interface PngChunk {
  /** Four ASCII letters. */
  readonly type: string;
  /** A view into the file. */
  readonly body: Buffer;
}

/** More chunks than any sound file has. */
const maxChunks = 100_000;

/** Whether a file begins like a PNG. */
export function isPng(bytes: Uint8Array): boolean {
  return pngSignature.every((byte, at) => bytes[at] === byte);
}

/**
 * Splits a PNG file into its chunks, from IHDR to IEND, checking lengths and CRC-32. What follows IEND is left unread.
 *
 * @throws ImageError IMAGE_FILE_CORRUPT.
 */
export function readPngChunks(bytes: Uint8Array): readonly PngChunk[] {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isPng(file)) throw new ImageError('IMAGE_FILE_CORRUPT', 'the file has no PNG signature');
  const chunks: PngChunk[] = [];
  for (let at = pngSignature.length; chunks.at(-1)?.type !== 'IEND';) {
    if (at + 12 > file.length) throw new ImageError('IMAGE_FILE_CORRUPT', `the file is cut off at byte ${file.length}`);
    const end = at + 8 + file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    if (!/^[A-Za-z]{4}$/.test(type)) throw new ImageError('IMAGE_FILE_CORRUPT', `no chunk begins at byte ${at}`);
    if (end + 4 > file.length) throw new ImageError('IMAGE_FILE_CORRUPT', `the file is cut off inside ${type}`);
    if (file.readUInt32BE(end) !== crc32(file.subarray(at + 4, end))) {
      throw new ImageError('IMAGE_FILE_CORRUPT', `the check sum of ${type} at byte ${at} is wrong`);
    }
    if (chunks.length === 0 && type !== 'IHDR')
      throw new ImageError('IMAGE_FILE_CORRUPT', `${type} stands before IHDR`);
    if (chunks.length === maxChunks)
      throw new ImageError('IMAGE_FILE_CORRUPT', `there are more than ${maxChunks} chunks`);
    chunks.push({ type, body: file.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}
