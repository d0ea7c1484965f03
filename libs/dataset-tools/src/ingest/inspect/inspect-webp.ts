import { type InspectedPicture, refuse, type RefusedFile, sized } from './inspection.ts';

/**
 * Reads the first chunk of a WebP (RFC 9649): its size, and whether it is an animation.
 *
 * @param bytes the whole file, which begins with `RIFF….WEBP`
 */
export function inspectWebp(bytes: Buffer): InspectedPicture | RefusedFile {
  const length = bytes.readUInt32LE(4) + 8;
  if (length > bytes.length || bytes.length < 30) {
    return refuse('file-truncated', `WebP of ${bytes.length} bytes that says ${length}`);
  }
  const chunk = bytes.toString('latin1', 12, 16);
  if (chunk === 'VP8X') {
    if ((bytes.readUInt8(20) & 2) !== 0) return refuse('picture-animated', 'animated WebP');
    return sized('webp', bytes.readUIntLE(24, 3) + 1, bytes.readUIntLE(27, 3) + 1);
  }
  if (chunk === 'VP8L') {
    const bits = bytes.readUInt32LE(21);
    return sized('webp', (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
  if (chunk === 'VP8 ') return sized('webp', bytes.readUInt16LE(26) & 0x3fff, bytes.readUInt16LE(28) & 0x3fff);
  return refuse('file-damaged', `WebP that begins with ${JSON.stringify(chunk)}`);
}
