import { crc32, deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPngSize } from './read-png-size.ts';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  const pixels = deflateSync(Buffer.alloc(height * (width * 3 + 1)));
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

describe('readPngSize', () => {
  it('reads the size of a whole file', () => {
    expect(readPngSize(png(128, 64))).toEqual({ status: 'whole', width: 128, height: 64 });
  });

  it('refuses a file cut short anywhere', () => {
    const file = png(8, 8);
    for (let length = 0; length < file.length; length += 1) {
      expect(readPngSize(file.subarray(0, length)).status).toBe('faulty');
    }
  });

  it('refuses a file with one byte changed', () => {
    const file = png(8, 8);
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (offset, change) => {
        const damaged = Buffer.from(file);
        damaged[offset] = (damaged[offset] ?? 0) ^ change;
        expect(readPngSize(damaged).status).toBe('faulty');
      }),
    );
  });

  it('never reads beyond its input', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        const file = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), bytes]);
        expect(readPngSize(file).status).toBe('faulty');
      }),
    );
  });
});
