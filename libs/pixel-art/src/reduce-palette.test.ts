import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloursOf, rasterOf, rasters } from '../test/rasters.ts';
import { reducePalette } from './reduce-palette.ts';

const several = fc.array(rasters(), { minLength: 1, maxLength: 3 });
const used = (pictures: readonly { readonly rgba: Uint8Array; readonly width: number; readonly height: number }[]) =>
  new Set(pictures.flatMap((picture) => coloursOf(picture).filter((colour) => colour !== null)));

describe('reducePalette', () => {
  it('leaves no more colours than asked for, in all pictures together, and the same transparency', async () => {
    await fc.assert(
      fc.asyncProperty(several, fc.integer({ min: 1, max: 5 }), async (pictures, count) => {
        const reduced = await reducePalette(pictures, { count });
        expect(used(reduced).size).toBeLessThanOrEqual(count);
        reduced.forEach((picture, index) => {
          const before = coloursOf(pictures[index]!);
          expect(coloursOf(picture).map((colour) => colour === null)).toEqual(before.map((colour) => colour === null));
        });
        if (used(pictures).size <= count) expect(reduced).toEqual(pictures);
      }),
    );
  });

  it('done twice is done once, and leaves the originals alone', async () => {
    await fc.assert(
      fc.asyncProperty(several, fc.integer({ min: 1, max: 5 }), async (pictures, count) => {
        const before = pictures.map(coloursOf);
        const once = await reducePalette(pictures, { count });
        expect(await reducePalette(once, { count })).toEqual(once);
        expect(pictures.map(coloursOf)).toEqual(before);
      }),
    );
  });

  it('takes the nearest colour of a given palette as people see it', async () => {
    const colours = [0x000000, 0xffffff, 0x0000ff];
    const [picture] = await reducePalette([rasterOf(4, [0x202020, 0xe0e0e0, null, 0x2040e0])], { colours });
    expect(coloursOf(picture!)).toEqual([0x000000, 0xffffff, null, 0x0000ff]);
  });

  it.each([0, 257, 1.5])('refuses a palette of %d colours', async (count) => {
    await expect(reducePalette([rasterOf(1, [1])], { count })).rejects.toMatchObject({ code: 'PIXEL_REQUEST_INVALID' });
  });
});
