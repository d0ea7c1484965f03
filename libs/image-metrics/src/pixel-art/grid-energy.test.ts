import { enlarge, PixelArtError } from '@dgx-pixels/pixel-art';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anySprite, drawLetters } from '../../test/draw-letters.ts';
import { shiftRaster } from '../../test/move-raster.ts';
import { seededNumbers } from '../sets/seeded-numbers.ts';
import { edgeHardness } from './edges.ts';
import { gridEnergy } from './grid-energy.ts';

describe('gridEnergy', () => {
  it('is 1 for every exact enlargement of a picture with borders', () => {
    fc.assert(
      fc.property(
        anySprite.filter((picture) => edgeHardness(picture).value !== null),
        fc.integer({ min: 2, max: 6 }),
        (picture, factor) => {
          expect(gridEnergy(enlarge(picture, factor), factor).value).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  it('is below 0 when all borders lie beside the grid', () => {
    const beside = shiftRaster(enlarge(drawLetters(['kw', 'rk']), 4), 2, 2);
    expect(gridEnergy(beside, 4).value).toBeCloseTo(-(1 / 4) / (1 - 1 / 4), 12);
  });

  it('is about 0 for noise, which knows no grid', () => {
    const next = seededNumbers(3);
    const rgba = Uint8Array.from({ length: 64 * 64 * 4 }, (_none, at) =>
      at % 4 === 3 ? 255 : Math.floor(next() * 256),
    );
    expect(Math.abs(gridEnergy({ width: 64, height: 64, rgba }, 4).value ?? 1)).toBeLessThan(0.05);
  });

  it.each([1, 0, -2, 2.5, 9, Number.NaN])('refuses cells of %d pixels in a picture of 8', (factor) => {
    expect(() => gridEnergy(enlarge(drawLetters(['kw', 'rk']), 4), factor)).toThrow(PixelArtError);
  });
});
