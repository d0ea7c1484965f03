import { crc32 } from 'node:zlib';

/** Width and height of a whole PNG file, or what is wrong with it. */
export type PngReading =
  | { readonly status: 'whole'; readonly width: number; readonly height: number }
  | { readonly status: 'faulty'; readonly fault: string };

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const chunkFrameBytes = 12;

/**
 * Walks the chunks of a PNG (W3C PNG, third edition, §5) from IHDR to IEND and checks each length and CRC, so that a file
 * cut short or damaged on its way is told from a whole one. The pixels are not decoded.
 */
export function readPngSize(bytes: Uint8Array): PngReading {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!file.subarray(0, 8).equals(signature)) return { status: 'faulty', fault: 'no PNG signature' };
  let size: { width: number; height: number } | null = null;
  let offset = signature.length;
  while (offset + chunkFrameBytes <= file.length) {
    const length = file.readUInt32BE(offset);
    const end = offset + chunkFrameBytes + length;
    const type = file.toString('latin1', offset + 4, offset + 8);
    if (end > file.length) return { status: 'faulty', fault: `chunk at byte ${offset} is longer than the file` };
    if (crc32(file.subarray(offset + 4, end - 4)) !== file.readUInt32BE(end - 4)) {
      return { status: 'faulty', fault: `chunk at byte ${offset} has a wrong CRC` };
    }
    if (size === null) {
      if (type !== 'IHDR' || length !== 13) return { status: 'faulty', fault: 'the first chunk is not IHDR' };
      size = { width: file.readUInt32BE(offset + 8), height: file.readUInt32BE(offset + 12) };
    }
    if (type === 'IEND') return { status: 'whole', ...size };
    offset = end;
  }
  return { status: 'faulty', fault: 'the file ends before IEND' };
}
