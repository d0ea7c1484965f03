import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { inspectImage } from './inspect-image.ts';

const raw = (pixels: Uint8Array, width: number, height: number) =>
  sharp(pixels, { raw: { width, height, channels: 3 } });
const gradient = Uint8Array.from({ length: 4 * 2 * 3 }, (_, index) => index * 7);

describe('inspectImage', () => {
  it('hashes pixels, not the way they are stored', async () => {
    const plain = await raw(gradient, 4, 2).png({ compressionLevel: 0 }).toBuffer();
    const packed = await raw(gradient, 4, 2).png({ compressionLevel: 9 }).toBuffer();
    const [first, second] = await Promise.all([inspectImage(plain), inspectImage(packed)]);
    if (first.status !== 'image' || second.status !== 'image') throw new Error('not decoded');
    expect(first.image).toMatchObject({ width: 4, height: 2, blank: false });
    expect(first.image.sha256).not.toBe(second.image.sha256);
    expect(first.image.pixelsSha256).toBe(second.image.pixelsSha256);
    const rgba = Buffer.from(
      Array.from({ length: 8 }, (_, pixel) => [...gradient.slice(pixel * 3, pixel * 3 + 3), 255]).flat(),
    );
    expect(first.image.pixelsSha256).toBe(createHash('sha256').update(rgba).digest('hex'));
  });

  it('knows a picture of one colour from one with a single other pixel', async () => {
    const flat = new Uint8Array(16 * 16 * 3).fill(90);
    const blank = await inspectImage(await raw(flat, 16, 16).png().toBuffer());
    flat[16 * 16 * 3 - 1] = 91;
    const other = await inspectImage(await raw(flat, 16, 16).png().toBuffer());
    expect(blank.status === 'image' && blank.image.blank).toBe(true);
    expect(other.status === 'image' && other.image.blank).toBe(false);
  });

  it('gives a reason for bytes that are no whole PNG', async () => {
    const png = await raw(gradient, 4, 2).png().toBuffer();
    const jpeg = await raw(gradient, 4, 2).jpeg().toBuffer();
    const huge = await sharp({ create: { width: 4097, height: 4096, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    for (const bytes of [png.subarray(0, png.length - 20), Buffer.from('<svg/>'), jpeg, huge, Buffer.alloc(0)]) {
      const inspection = await inspectImage(bytes);
      expect(inspection.status).toBe('unreadable');
      expect(inspection.status === 'unreadable' && inspection.reason.length).toBeGreaterThan(0);
    }
    expect(await inspectImage(jpeg)).toEqual({ status: 'unreadable', reason: 'it is jpeg, not png' });
  });
});
