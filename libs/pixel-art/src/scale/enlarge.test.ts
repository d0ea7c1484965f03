import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawEnlarged, enlarge } from './enlarge.ts';

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

describe('drawEnlarged', () => {
  const place = fc.record({ left: fc.nat(3), top: fc.nat(3), right: fc.nat(3), bottom: fc.nat(3), offset: fc.nat(3) });

  it('draws the enlarged picture at its place, and changes nothing beside it', () => {
    fc.assert(
      fc.property(
        raster,
        fc.integer({ min: 1, max: 5 }),
        place,
        (picture, factor, { left, top, right, bottom, offset }) => {
          const large = enlarge(picture, factor);
          const [width, height] = [left + large.width + right, top + large.height + bottom];
          const rgba = new Uint8Array(new ArrayBuffer(width * height * 4 + offset), offset).fill(7);
          const expected = rgba.slice();
          for (let y = 0; y < large.height; y++) {
            const row = large.rgba.subarray(y * large.width * 4, (y + 1) * large.width * 4);
            expected.set(row, ((top + y) * width + left) * 4);
          }
          drawEnlarged(picture, factor, { width, height, rgba }, left, top);
          expect(Buffer.compare(rgba, expected)).toBe(0);
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    [3, 0, 0],
    [2, 1, 0],
    [2, 0, 1],
    [1, -1, 0],
    [1, 0.5, 0],
    [0.5, 0, 0],
  ])('refuses %d times at %d, %d', (factor, left, top) => {
    const frame = { width: 4, height: 4, rgba: new Uint8Array(64) };
    expect(() => drawEnlarged({ width: 2, height: 2, rgba: new Uint8Array(16) }, factor, frame, left, top)).toThrow(
      'cannot be enlarged',
    );
  });
});
