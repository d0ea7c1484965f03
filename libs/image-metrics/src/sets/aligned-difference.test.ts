import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anySprite, drawLetters } from '../../test/draw-letters.ts';
import { mirrorRaster, padRaster, turnRaster } from '../../test/move-raster.ts';
import { spritePixelsOf } from '../pixel-art/sprite-pixels.ts';
import type { Raster } from '@dgx-pixels/pixel-art';
import { alignedDifference } from './aligned-difference.ts';
import { eightPositions } from './eight-positions.ts';
import { shapeOf } from './shape.ts';

const compare = (one: Raster, other: Raster) =>
  alignedDifference(eightPositions(spritePixelsOf(one)).map(shapeOf), shapeOf(spritePixelsOf(other)));

describe('alignedDifference', () => {
  it('is 0 for the same sprite turned, mirrored and anywhere on any canvas', () => {
    fc.assert(
      fc.property(anySprite, fc.nat(3), fc.boolean(), fc.nat(4), fc.nat(4), (sprite, turns, mirror, left, top) => {
        const turned = turnRaster(mirror ? mirrorRaster(sprite) : sprite, turns);
        const moved = padRaster(turned, turned.width + 4, turned.height + 4, left, top);
        expect(compare(sprite, moved)).toEqual({ difference: 0, equalShare: 1 });
      }),
    );
  });

  it('lies between 0 and 1, and is 1 only when next to nothing agrees', () => {
    fc.assert(
      fc.property(anySprite, anySprite, (one, other) => {
        const { difference, equalShare } = compare(one, other);
        expect(difference).toBeGreaterThanOrEqual(0);
        expect(difference).toBeLessThanOrEqual(1);
        // An equal pixel does not differ.
        expect(difference).toBeLessThanOrEqual(1 - equalShare + 1e-12);
      }),
    );
  });

  it('is a known value: white for black differs by all, one pixel of four by a quarter', () => {
    expect(compare(drawLetters(['kkk']), drawLetters(['kwk'])).difference).toBeCloseTo(1 / 3, 4);
    expect(compare(drawLetters(['kk', 'k.']), drawLetters(['kk', 'kk']))).toEqual({
      difference: 1 / 4,
      equalShare: 3 / 4,
    });
    expect(compare(drawLetters(['....']), drawLetters(['kkkk']))).toEqual({ difference: 1, equalShare: 0 });
  });

  it('finds what lies a pixel off where boxes are equal, in any direction', () => {
    const [one, other] = [drawLetters(['kwrk']), drawLetters(['wrkk'])];
    for (let turns = 0; turns < 4; turns++) {
      for (const pair of [[one, other] as const, [other, one] as const]) {
        const [first, second] = [turnRaster(pair[0], turns), turnRaster(pair[1], turns)];
        // Three pixels agree; one on either side has no counterpart.
        const unturned = alignedDifference([shapeOf(spritePixelsOf(first))], shapeOf(spritePixelsOf(second)));
        expect(unturned).toEqual({ difference: 2 / 5, equalShare: 3 / 5 });
      }
    }
  });

  it('does not lay a small sprite on a much larger one of another canvas', () => {
    expect(compare(drawLetters(['k']), drawLetters(['kkkkk', 'kkkkk', 'kkkkk', 'kkkkk', 'kkkkk']))).toEqual({
      difference: 1,
      equalShare: 0,
    });
  });
});
