import type { Raster } from '@dgx-pixels/pixel-art';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pixelAgreement } from './pixel-agreement.ts';

const picture = fc
  .uint8Array({ minLength: 5 * 4 * 4, maxLength: 5 * 4 * 4 })
  .map((rgba): Raster => ({ width: 5, height: 4, rgba }));

describe('pixelAgreement', () => {
  it('is the share of pixels that were left alone', () => {
    fc.assert(
      fc.property(picture, fc.uniqueArray(fc.nat(19), { maxLength: 20 }), fc.nat(3), (one, places, channel) => {
        const [before, rgba] = [one.rgba.slice(), one.rgba.slice()];
        for (const place of places) {
          // Seen in both, so that a change of any channel counts; alpha goes from 255 to 254.
          before[place * 4 + 3] = 255;
          rgba[place * 4 + 3] = 255;
          rgba[place * 4 + channel] = (rgba[place * 4 + channel] ?? 0) ^ 1;
        }
        const [first, other] = [
          { ...one, rgba: before },
          { ...one, rgba },
        ];
        expect(pixelAgreement(first, other).value).toBe((20 - places.length) / 20);
        expect(pixelAgreement(other, first).value).toBe((20 - places.length) / 20);
        expect(pixelAgreement(first, other).identical).toBe(places.length === 0);
      }),
    );
  });

  it('takes transparent pixels for equal, but not a transparent and a visible one', () => {
    const one = { width: 2, height: 1, rgba: Uint8Array.of(9, 9, 9, 0, 5, 5, 5, 0) };
    const other = { width: 2, height: 1, rgba: Uint8Array.of(1, 2, 3, 0, 5, 5, 5, 255) };
    expect(pixelAgreement(one, other)).toMatchObject({
      value: 0.5,
      identical: false,
      resize: 'none',
      width: 2,
      height: 1,
    });
  });

  it('reads pictures that begin anywhere in a buffer, and refuses two sizes', () => {
    const bytes = Uint8Array.of(0, 1, 2, 3, 255);
    const one = { width: 1, height: 1, rgba: bytes.subarray(1) };
    expect(pixelAgreement(one, { ...one, rgba: Uint8Array.of(1, 2, 3, 255) }).value).toBe(1);
    expect(() => pixelAgreement(one, { width: 2, height: 1, rgba: new Uint8Array(8) })).toThrow('not the same size');
  });
});
