import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeImage } from './decode-image.ts';

const corpus = new URL('../../test/fixtures/photographs/', import.meta.url);
const readPicture = (name: string): Buffer => readFileSync(new URL(name, corpus));
const expected = z
  .record(
    z.string(),
    z.object({ width: z.number(), height: z.number(), hasAlpha: z.boolean(), rgbaSha256: z.string() }),
  )
  .parse(JSON.parse(readFileSync(new URL('expected.json', corpus), 'utf8')));

const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 90 } } });
const withCode = (code: string): Error => expect.objectContaining({ code }) as Error;

describe('decodeImage of JPEG and WebP', () => {
  it.each(Object.keys(expected))('reads %s as Pillow does', async (name) => {
    const wanted = expected[name]!;
    const image = await decodeImage(readPicture(name));
    expect({ width: image.width, height: image.height }).toEqual({ width: wanted.width, height: wanted.height });
    expect(image.alpha === 'channel').toBe(wanted.hasAlpha);
    expect(createHash('sha256').update(image.rgba).digest('hex')).toBe(wanted.rgbaSha256);
  });

  it.each(Object.keys(expected))('refuses %s cut off anywhere behind its beginning', async (name) => {
    const file = readPicture(name);
    for (const share of [0.05, 0.3, 0.6, 0.8]) {
      const cut = file.subarray(0, Math.max(16, Math.floor(file.length * share)));
      await expect(decodeImage(cut)).rejects.toThrow(withCode('IMAGE_FILE_CORRUPT'));
    }
  });

  it('refuses more pixels than the limit', async () => {
    const file = await blank(8192, 8192).jpeg({ quality: 1 }).toBuffer();
    await expect(decodeImage(file)).rejects.toThrow(withCode('IMAGE_TOO_LARGE'));
  });

  it('refuses CMYK', async () => {
    const file = await blank(8, 8).toColourspace('cmyk').jpeg().toBuffer();
    await expect(decodeImage(file)).rejects.toThrow(withCode('IMAGE_FORMAT_UNKNOWN'));
  });
});
