import { type InspectedPicture, refuse, type RefusedFile, sized } from './inspection.ts';

/** Start-of-frame markers (ITU-T T.81, table B.1), without DHT, JPG and DAC, which lie among them. */
const startOfFrame = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);

/**
 * Walks the segments of a JPEG up to its frame header.
 *
 * @param bytes the whole file, which begins with the JPEG start mark
 */
export function inspectJpeg(bytes: Buffer): InspectedPicture | RefusedFile {
  for (let at = 2; at + 4 <= bytes.length;) {
    if (bytes.readUInt8(at) !== 0xff) return refuse('file-damaged', `JPEG without a segment at byte ${at}`);
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at++;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    if (startOfFrame.has(marker)) return at + 10 <= bytes.length ? frameOf(bytes, at) : truncated(bytes);
    at += 2 + length;
  }
  return truncated(bytes);
}

function frameOf(bytes: Buffer, at: number): InspectedPicture | RefusedFile {
  const [depth, channels] = [bytes.readUInt8(at + 4), bytes.readUInt8(at + 9)];
  if (depth > 8) return refuse('picture-sixteen-bit', `JPEG with ${depth} bits a channel`);
  if (channels === 4) return refuse('picture-cmyk', 'JPEG with four channels (CMYK)');
  if (bytes.lastIndexOf(Buffer.from([0xff, 0xd9])) < at) return truncated(bytes);
  return sized('jpeg', bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5));
}

function truncated(bytes: Buffer): RefusedFile {
  return refuse('file-truncated', `JPEG of ${bytes.length} bytes: the end mark is missing`);
}
