import { crc32, deflateSync } from 'node:zlib';

/** Packs pixels as a PNG: 8 bits a channel, red green blue alpha. */
export function writePng({ width, height }: { width: number; height: number }, rgba: Uint8Array): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y++) rows.set(rgba.subarray(y * width * 4, (y + 1) * width * 4), y * (width * 4 + 1) + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const packed = Buffer.alloc(body.length + 8);
  packed.writeUInt32BE(data.length, 0);
  packed.set(body, 4);
  packed.writeUInt32BE(crc32(body), body.length + 4);
  return packed;
}
