import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePng } from '../../test/decode-png.ts';
import { decodePng as decodeAnyPng } from '../image-files/decode-png.ts';
import { encodePng } from './encode-png.ts';

const sizes = fc.record({ width: fc.integer({ min: 1, max: 40 }), height: fc.integer({ min: 1, max: 40 }) });

const picture = sizes.chain(({ width, height }) =>
  fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    rgb: fc.uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 }),
  }),
);

const pictureWithAlpha = sizes.chain(({ width, height }) =>
  fc.record({
    width: fc.constant(width),
    height: fc.constant(height),
    rgba: fc.uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 }),
  }),
);

describe('encodePng', () => {
  it('writes what an independent decoder reads', async () => {
    await fc.assert(
      fc.asyncProperty(picture, fc.integer({ min: 0, max: 9 }), async (image, level) => {
        const decoded = decodePng(await encodePng(image, [], level));
        expect(decoded.width).toBe(image.width);
        expect(decoded.height).toBe(image.height);
        expect(decoded.rgb).toEqual(image.rgb);
      }),
      { numRuns: 50 },
    );
  });

  it('writes opacity that the decoder of uploads reads back', async () => {
    await fc.assert(
      fc.asyncProperty(pictureWithAlpha, fc.integer({ min: 0, max: 9 }), async (image, level) => {
        expect(await decodeAnyPng(await encodePng(image, [], level))).toEqual({ ...image, alpha: 'channel' });
      }),
      { numRuns: 50 },
    );
  });

  it('puts text chunks ahead of the pixels', async () => {
    const image = { width: 1, height: 1, rgb: Uint8Array.of(1, 2, 3) };
    const text = [
      { keyword: 'prompt', text: '{"1":"\\u00e9"}' },
      { keyword: 'note', text: 'Ünï' },
    ];
    const decoded = decodePng(await encodePng(image, text, 4));
    expect(decoded.chunks).toEqual(['IHDR', 'tEXt', 'tEXt', 'IDAT', 'IEND']);
    expect([...decoded.text]).toEqual(text.map((chunk) => [chunk.keyword, chunk.text]));
  });

  it('lets the event loop turn while it filters a large image', async () => {
    let turns = 0;
    let running = true;
    const count = (): void => {
      turns += 1;
      if (running) setImmediate(count);
    };
    setImmediate(count);
    await encodePng({ width: 1024, height: 1024, rgb: new Uint8Array(1024 * 1024 * 3).fill(7) }, [], 1);
    running = false;
    expect(turns).toBeGreaterThan(40);
  });
});
