import type { Raster } from '@dgx-pixels/pixel-art';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anySprite, drawLetters, ink } from '../../test/draw-letters.ts';
import { paletteDistance } from './palette-distance.ts';

const between = (one: Raster, other: Raster): number => paletteDistance(one, other).value ?? Number.NaN;

/** How often each letter's colour is visible, as shares; red tells them apart. */
function shares({ rgba }: Raster): readonly number[] {
  const pixels = Array.from({ length: rgba.length / 4 }, (_none, pixel) => pixel * 4).filter(
    (at) => rgba[at + 3] === 255,
  );
  return Object.values(ink).map(([red]) => pixels.filter((at) => rgba[at] === red).length / pixels.length);
}

describe('paletteDistance', () => {
  it('is a distance of the shares of colours', () => {
    fc.assert(
      fc.property(anySprite, anySprite, anySprite, (one, other, third) => {
        expect(between(one, other)).toBeGreaterThanOrEqual(0);
        expect(between(one, other)).toBeCloseTo(between(other, one), 12);
        expect(between(one, third)).toBeLessThanOrEqual(between(one, other) + between(other, third) + 1e-12);
        const alike = shares(one).every((share, letter) => Math.abs(share - (shares(other)[letter] ?? 0)) < 1e-9);
        expect(between(one, other) < 1e-9).toBe(alike);
      }),
      { numRuns: 100 },
    );
  });

  it('is 0 for equal shares of equal colours, wherever they lie and however large the canvas is', () => {
    expect(between(drawLetters(['kw.', 'kw.']), drawLetters(['wwkk']))).toBeCloseTo(0, 12);
  });

  it('of black and white is what their distance on each of the thirteen axes gives', () => {
    // One axis along lightness, four at 45° and four at 54.7° to it; white is (1, 0, 0) in OKLab.
    const expected = (2 / 13) * (1 + 4 / Math.SQRT2 + 4 / Math.sqrt(3));
    expect(between(drawLetters(['k']), drawLetters(['w']))).toBeCloseTo(expected, 4);
    // Half of the pixels have to move.
    expect(between(drawLetters(['kk']), drawLetters(['kw']))).toBeCloseTo(expected / 2, 4);
  });

  it('is nothing when one picture shows nothing, and is named with both sizes', () => {
    expect(paletteDistance(drawLetters(['..']), drawLetters(['ww'])).value).toBeNull();
    expect(paletteDistance(drawLetters(['kk']), drawLetters(['w', 'w', 'w']))).toMatchObject({
      metric: 'palette-distance',
      resize: 'none',
      width: 2,
      height: 1,
      otherWidth: 1,
      otherHeight: 3,
    });
  });
});
