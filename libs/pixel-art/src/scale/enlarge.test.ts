import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { enlarge } from './enlarge.ts';

const raster = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: width * height * 4, maxLength: width * height * 4 })
      .map((rgba) => ({ width, height, rgba })),
  );

describe('enlarge', () => {
  it('copies every pixel whole, whatever its alpha', () => {
    fc.assert(
      fc.property(raster, fc.integer({ min: 1, max: 5 }), (picture, factor) => {
        const large = enlarge(picture, factor);
        expect([large.width, large.height]).toEqual([picture.width * factor, picture.height * factor]);
        for (let y = 0; y < large.height; y++) {
          for (let x = 0; x < large.width; x++) {
            const from = (Math.floor(y / factor) * picture.width + Math.floor(x / factor)) * 4;
            const to = (y * large.width + x) * 4;
            expect([...large.rgba.subarray(to, to + 4)]).toEqual([...picture.rgba.subarray(from, from + 4)]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each([0, -1, 1.5, NaN, 10_000])('refuses the factor %d', (factor) => {
    expect(() => enlarge({ width: 2, height: 2, rgba: new Uint8Array(16) }, factor)).toThrow('cannot be enlarged');
  });
});
