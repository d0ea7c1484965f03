import { enlarge, oklabOf } from '@dgx-pixels/pixel-art';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anySprite, drawLetters } from '../../test/draw-letters.ts';
import { mirrorRaster, turnRaster } from '../../test/move-raster.ts';
import { edgeHardness } from './edges.ts';

describe('edgeHardness', () => {
  it('is the mean OKLab distance of neighbours that differ', () => {
    expect(edgeHardness(drawLetters(['kkw', 'kkw'])).value).toBeCloseTo(1, 4);
    const red = oklabOf(0xc80000);
    const toRed = Math.hypot(...red);
    const fromWhite = Math.hypot(1 - red[0], red[1], red[2]);
    expect(edgeHardness(drawLetters(['krw'])).value).toBeCloseTo((toRed + fromWhite) / 2, 4);
  });

  it('is nothing without borders inside the picture', () => {
    for (const rows of [['kkk'], ['k.w'], ['k'], ['.']]) expect(edgeHardness(drawLetters(rows)).value).toBeNull();
  });

  it('takes colours up to 16 levels apart for one', () => {
    const near = { a: [100, 100, 100], b: [116, 100, 100], c: [117, 100, 100] } as const;
    expect(edgeHardness(drawLetters(['ab'], near)).value).toBeNull();
    expect(edgeHardness(drawLetters(['ac'], near)).value).toBeGreaterThan(0);
  });

  it('falls when a border gets steps, as resampling gives it', () => {
    const gray = { k: [0, 0, 0], g: [99, 99, 99], w: [255, 255, 255] } as const;
    const [hard, soft] = [edgeHardness(drawLetters(['kkww'], gray)), edgeHardness(drawLetters(['kgww'], gray))];
    expect(soft.value).toBeCloseTo((hard.value ?? 0) / 2, 4);
  });

  it('stays when a picture is enlarged by whole pixels, turned or mirrored', () => {
    fc.assert(
      fc.property(anySprite, fc.integer({ min: 2, max: 4 }), (picture, factor) => {
        const before = edgeHardness(picture).value;
        for (const same of [enlarge(picture, factor), turnRaster(picture, 1), mirrorRaster(picture)]) {
          const after = edgeHardness(same).value;
          if (before === null) expect(after).toBeNull();
          else expect(after).toBeCloseTo(before, 9);
        }
      }),
      { numRuns: 40 },
    );
  });
});
