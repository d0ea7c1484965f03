import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openCorpus } from '../../test/picture-corpus.ts';
import { decodeImage } from './decode-image.ts';

const corpus = openCorpus('photographs');
const blank = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: 90 } } });
const withCode = (code: string): Error => expect.objectContaining({ code }) as Error;

describe('decodeImage of JPEG and WebP', () => {
  it.each(corpus.names)('reads %s as Pillow does', async (name) => {
    corpus.expectAsPillow(name, await decodeImage(corpus.read(name)));
  });

  it.each(corpus.names)('refuses %s cut off anywhere behind its beginning', async (name) => {
    const file = corpus.read(name);
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
