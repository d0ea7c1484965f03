import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloursOf, rasterOf, rasters } from '../test/rasters.ts';
import { joinSheet, splitSheet } from './sheet.ts';

const frames = fc
  .record({ width: fc.integer({ min: 1, max: 4 }), height: fc.integer({ min: 1, max: 4 }) })
  .chain((size) => fc.array(rasters(size), { minLength: 1, maxLength: 9 }));

describe('a sheet', () => {
  it('comes apart into the frames it was joined from', () => {
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 5 }), (pictures, columns) => {
        expect(splitSheet(joinSheet(pictures, columns), pictures[0]!, pictures.length)).toEqual(pictures);
      }),
    );
  });

  it('runs row by row, and what is left over is transparent', () => {
    const sheet = joinSheet(
      [1, 2, 3].map((colour) => rasterOf(1, [colour])),
      2,
    );
    expect(coloursOf(sheet)).toEqual([1, 2, 3, null]);
    expect(splitSheet(sheet, { width: 1, height: 1 })).toHaveLength(4);
  });

  it('is no wider than its frames', () => {
    expect(joinSheet([rasterOf(2, [1, 2])], 8)).toMatchObject({ width: 2, height: 1 });
  });

  it.each([
    [[], 1, 'at least one frame'],
    [[rasterOf(1, [1])], 0, 'whole columns'],
    [[rasterOf(1, [1]), rasterOf(2, [1, 2])], 1, '2×1 pixels, the first one 1×1'],
  ])('refuses %j in %d columns', (pictures, columns, message) => {
    expect(() => joinSheet(pictures, columns)).toThrow(message);
  });

  it.each([
    [{ width: 3, height: 1 }, 1, 'does not divide'],
    [{ width: 2, height: 1 }, 3, 'has 2 frames, not 3'],
    [{ width: 0, height: 1 }, 1, 'does not divide'],
  ])('of 4 × 1 refuses frames of %j', (frame, count, message) => {
    expect(() => splitSheet(rasterOf(4, [1, 2, 3, 4]), frame, count)).toThrow(message);
  });
});
