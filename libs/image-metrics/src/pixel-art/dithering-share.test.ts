import { enlarge } from '@dgx-pixels/pixel-art';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anySprite, drawLetters } from '../../test/draw-letters.ts';
import { mirrorRaster, turnRaster } from '../../test/move-raster.ts';
import { ditheringShare } from './dithering-share.ts';

const shareOf = (rows: readonly string[]): number | null => ditheringShare(drawLetters(rows)).value;

describe('ditheringShare', () => {
  it('counts chequerboards alone, also of a colour and transparency', () => {
    expect(shareOf(['kwk', 'wkw', 'kwk'])).toBe(1);
    expect(shareOf(['k.k', '.k.', 'k.k'])).toBe(1);
    expect(shareOf(['kww', 'wkw', 'wwk'])).toBe(0);
    expect(shareOf(['kwk', 'kwk', 'kwk'])).toBe(0);
    expect(shareOf(['...', '...', '...'])).toBe(0);
    expect(shareOf(['kw', 'wk'])).toBe(0);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 7, 8])('counts no chequerboard whose pixel %d has another colour', (place) => {
    const letters = Array.from('kwkwkwkwk').with(place, 'r').join('');
    expect(shareOf([letters.slice(0, 3), letters.slice(3, 6), letters.slice(6)])).toBe(0);
  });

  it('is the share of what is visible', () => {
    expect(shareOf(['kwkr', 'wkwr', 'kwkr'])).toBe(9 / 12);
    expect(shareOf(['kwk.', 'wkw.', 'kwkr'])).toBe(9 / 10);
  });

  it('stays when a picture is turned or mirrored, and is 0 when it is enlarged', () => {
    fc.assert(
      fc.property(anySprite, (picture) => {
        const { value } = ditheringShare(picture);
        expect(ditheringShare(turnRaster(picture, 1)).value).toBe(value);
        expect(ditheringShare(mirrorRaster(picture)).value).toBe(value);
        expect(ditheringShare(enlarge(picture, 2)).value).toBe(0);
      }),
    );
    expect(ditheringShare(enlarge(drawLetters(['kwk', 'wkw', 'kwk']), 2)).value).toBe(0);
  });
});
