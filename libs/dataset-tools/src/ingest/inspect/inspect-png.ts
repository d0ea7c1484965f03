import { crc32 } from 'node:zlib';
import { type InspectedPicture, refuse, type RefusedFile, sized } from './inspection.ts';

/**
 * Walks the chunks of a PNG (ISO/IEC 15948): every length and checksum, the header's size and depth, and whether it is an
 * animation (APNG's `acTL`).
 *
 * @param bytes the whole file, which begins with the PNG signature
 */
export function inspectPng(bytes: Buffer): InspectedPicture | RefusedFile {
  let picture: InspectedPicture | RefusedFile | null = null;
  let hasPixels = false;
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 12 + length;
    if (end > bytes.length) return truncated(bytes, `chunk ${printable(type)} needs ${end} bytes`);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) {
      return refuse('file-damaged', `the checksum of chunk ${printable(type)} at byte ${at} is wrong`);
    }
    if (picture === null) {
      if (type !== 'IHDR' || length !== 13) return refuse('file-damaged', `it begins with chunk ${printable(type)}`);
      const depth = bytes.readUInt8(at + 16);
      if (depth === 16) return refuse('picture-sixteen-bit', 'PNG with 16 bits a channel');
      picture = sized('png', bytes.readUInt32BE(at + 8), bytes.readUInt32BE(at + 12));
      if ('kind' in picture) return picture;
    }
    if (type === 'acTL')
      return refuse('picture-animated', `APNG with ${length >= 4 ? bytes.readUInt32BE(at + 8) : 0} frames`);
    if (type === 'IDAT') hasPixels = true;
    if (type === 'IEND') return hasPixels ? picture : refuse('file-damaged', 'it holds no pixels (no IDAT chunk)');
    at = end;
  }
  return truncated(bytes, 'the end mark (IEND) is missing');
}

function truncated(bytes: Buffer, what: string): RefusedFile {
  return refuse('file-truncated', `PNG of ${bytes.length} bytes: ${what}`);
}

/** The name of a chunk as it can be shown. */
function printable(type: string): string {
  return /^[A-Za-z]{4}$/.test(type) ? type : JSON.stringify(type);
}
