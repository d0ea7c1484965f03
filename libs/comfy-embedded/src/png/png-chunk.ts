import { crc32 } from 'node:zlib';

/** The eight bytes that every PNG file starts with. */
export const pngSignature: Uint8Array = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/** Frames a chunk: length, four-letter type, body, CRC-32 over type and body (PNG specification, 5.3). */
export function pngChunk(type: string, body: Uint8Array): readonly Buffer[] {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length, 0);
  head.write(type, 4, 'latin1');
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(body, crc32(head.subarray(4))), 0);
  return [head, Buffer.from(body.buffer, body.byteOffset, body.byteLength), tail];
}
