import { type InspectedPicture, refuse, type RefusedFile, sized } from './inspection.ts';

/**
 * Walks the blocks of a GIF (GIF89a specification) and counts its frames.
 *
 * @param bytes the whole file, which begins with `GIF87a` or `GIF89a`
 */
export function inspectGif(bytes: Buffer): InspectedPicture | RefusedFile {
  if (bytes.length < 13) return truncated(bytes);
  const picture = sized('gif', bytes.readUInt16LE(6), bytes.readUInt16LE(8));
  if ('kind' in picture) return picture;
  let at = 13 + colourTableBytes(bytes.readUInt8(10));
  let frames = 0;
  while (at < bytes.length) {
    const block = bytes.readUInt8(at);
    if (block === 0x3b) break;
    if (block === 0x2c) {
      if (at + 10 >= bytes.length) return truncated(bytes);
      const frame = sized('gif', bytes.readUInt16LE(at + 5), bytes.readUInt16LE(at + 7));
      if ('kind' in frame) return frame;
      frames++;
      at = skipSubBlocks(bytes, at + 11 + colourTableBytes(bytes.readUInt8(at + 9)));
    } else if (block === 0x21) at = skipSubBlocks(bytes, at + 2);
    else return refuse('file-damaged', `GIF with an unknown block 0x${block.toString(16)} at byte ${at}`);
  }
  if (at >= bytes.length) return truncated(bytes);
  if (frames === 0) return refuse('file-damaged', 'GIF without a frame');
  return frames === 1 ? picture : refuse('picture-animated', `GIF with ${frames} frames`);
}

function colourTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** The byte after a run of length-prefixed blocks. */
function skipSubBlocks(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const length = bytes.readUInt8(at);
    at += 1 + length;
    if (length === 0) break;
  }
  return at;
}

function truncated(bytes: Buffer): RefusedFile {
  return refuse('file-truncated', `GIF of ${bytes.length} bytes: the end mark is missing`);
}
