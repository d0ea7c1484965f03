import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureGrid } from '../facts/measure-grid.ts';
import type { Raster } from '../raster.ts';
import { detectScale } from './detect-scale.ts';
import { enlarge } from './enlarge.ts';

/** A native picture of 16 … 40 art pixels in up to six colours; neighbours differ often enough that nothing larger fits. */
const nativePicture = fc
  .record({
    width: fc.integer({ min: 17, max: 40 }),
    height: fc.integer({ min: 17, max: 40 }),
    seed: fc.integer(),
    transparent: fc.boolean(),
  })
  .map(({ width, height, seed, transparent }): Raster => {
    let state = seed | 1;
    const rgba = new Uint8Array(width * height * 4);
    for (let pixel = 0; pixel < width * height; pixel++) {
      state = Math.imul(state, 1_664_525) + 1_013_904_223;
      const colour = (state >>> 24) % 6;
      rgba.set(transparent && colour === 0 ? [9, 9, 9, 0] : [colour * 50, 255 - colour * 40, 80, 255], pixel * 4);
    }
    return { width, height, rgba };
  });

function crop({ width, height, rgba }: Raster, left: number, top: number): Raster {
  const rows = Array.from({ length: height - top }, (_row, y) => {
    const start = ((y + top) * width + left) * 4;
    return [...rgba.subarray(start, start + (width - left) * 4)];
  });
  return { width: width - left, height: height - top, rgba: Uint8Array.from(rows.flat()) };
}

/** Whether a byte is a colour of a transparent pixel. */
function isHidden({ rgba }: Raster, at: number): boolean {
  return at % 4 !== 3 && rgba[at | 3] === 0;
}

function visibleBytes(raster: Raster): readonly number[] {
  return [...raster.rgba].map((value, at) => (isHidden(raster, at) ? 0 : value));
}

describe('detectScale', () => {
  it('undoes every enlargement, bit for bit', async () => {
    await fc.assert(
      fc.asyncProperty(nativePicture, fc.integer({ min: 2, max: 6 }), async (native, factor) => {
        const found = await detectScale(enlarge(native, factor));
        expect(found).toMatchObject({ factor, method: 'run-length', agreement: 1, offsetX: 0, offsetY: 0 });
        expect(found.native).toEqual(native);
      }),
      { numRuns: 30 },
    );
  });

  it('finds the grid of a picture that was cropped off it, and reads its whole cells', async () => {
    await fc.assert(
      fc.asyncProperty(nativePicture, fc.nat(4), fc.nat(4), async (native, left, top) => {
        const found = await detectScale(crop(enlarge(native, 5), left, top));
        expect(found).toMatchObject({ factor: 5, offsetX: (5 - left) % 5, offsetY: (5 - top) % 5 });
        expect(found.native).toEqual(crop(native, Math.ceil(left / 5), Math.ceil(top / 5)));
      }),
      { numRuns: 30 },
    );
  });

  it('does not mind which colours transparent pixels hide', async () => {
    await fc.assert(
      fc.asyncProperty(nativePicture, fc.integer({ min: 2, max: 5 }), async (native, factor) => {
        const large = enlarge(native, factor);
        const hiding = {
          ...large,
          rgba: large.rgba.map((value, at) => (isHidden(large, at) ? (at * 7) % 256 : value)),
        };
        const found = await detectScale(hiding);
        expect(found).toMatchObject({ factor, method: 'run-length', offsetX: 0, offsetY: 0 });
        // Those cells look less alike, byte for byte; so many of them that the picture is refused are none of this test.
        if (found.native !== null) expect(visibleBytes(found.native)).toEqual(visibleBytes(native));
      }),
      { numRuns: 30 },
    );
  });

  it('leaves native pictures as they are', async () => {
    await fc.assert(
      fc.asyncProperty(nativePicture, async (native) => {
        expect(await detectScale(native)).toMatchObject({ factor: 1, method: 'native', native });
      }),
      { numRuns: 30 },
    );
  });

  it('does not reduce a small picture that is drawn with thick strokes', async () => {
    const [native] = fc.sample(nativePicture, { numRuns: 1, seed: 7 });
    const strokes = crop(enlarge(native!, 2), native!.width * 2 - 24, native!.height * 2 - 24);
    expect((await detectScale(strokes)).factor).toBe(1);
  });

  it('refuses a picture without a grid, and says so', async () => {
    const side = 96;
    const rgba = Uint8Array.from({ length: side * side * 4 }, (_value, at) => {
      const pixel = Math.floor(at / 4);
      return at % 4 === 3
        ? 255
        : Math.round(128 + 120 * Math.sin((pixel % side) / 9 + (at % 4)) * Math.cos(pixel / side / 11));
    });
    const found = await detectScale({ width: side, height: side, rgba });
    expect(found.native).toBeNull();
    expect(found.reason).toContain('no grid of equal cells');
  });
});

describe('measureGrid', () => {
  it('gives 1 and 1 for clean pixel art and less for an uneven one', () => {
    fc.assert(
      fc.property(nativePicture, fc.integer({ min: 2, max: 5 }), (native, factor) => {
        const clean = enlarge(native, factor);
        expect(measureGrid(clean, factor)).toMatchObject({ uniformCells: 1, changeOnGrid: 1 });
        const uneven = measureGrid(crop(clean, 1, 0), factor);
        expect(uneven.changeOnGrid).toBeLessThan(0.8);
        expect(uneven.uniformCells).toBeLessThan(0.8);
      }),
      { numRuns: 20 },
    );
  });
});
