import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloursOf, enlarge, rasterOf, rasters } from '../test/rasters.ts';
import { toNativeSize } from './native-size.ts';

describe('toNativeSize', () => {
  it('undoes an enlargement, also of what is transparent', async () => {
    await fc.assert(
      fc.asyncProperty(rasters(), fc.integer({ min: 1, max: 9 }), async (sprite, factor) => {
        const { width, height } = sprite;
        expect(await toNativeSize(enlarge(sprite, factor), { factor })).toEqual(sprite);
        expect(await toNativeSize(enlarge(sprite, factor), { width, height })).toEqual(sprite);
      }),
    );
  });

  it('is not led astray by pixels of a cell that are fewer than half', async () => {
    await fc.assert(
      fc.asyncProperty(rasters(), fc.integer({ min: 0, max: 0xffffff }), async (sprite, stray) => {
        const large = enlarge(sprite, 3);
        for (let pixel = 0; pixel < large.width * large.height; pixel++) {
          const inCell = (Math.floor(pixel / large.width) % 3) * 3 + ((pixel % large.width) % 3);
          if (inCell < 4) large.rgba.set([stray >> 16, (stray >> 8) & 255, stray & 255, 255], pixel * 4);
        }
        expect(await toNativeSize(large, { factor: 3 })).toEqual(sprite);
      }),
    );
  });

  it('makes a cell transparent that mostly is', async () => {
    const cells = rasterOf(4, [null, null, 1, 1, null, 7, null, 2]);
    expect(coloursOf(await toNativeSize(cells, { factor: 2 }))).toEqual([null, 1]);
  });

  it.each([{ factor: 2 }, { factor: 0 }, { factor: 1.5 }, { factor: Number.NaN }, { width: 2, height: 1 }])(
    'refuses %j of 3 × 1',
    async (grid) => {
      await expect(toNativeSize(rasterOf(3, [1, 2, 3]), grid)).rejects.toMatchObject({ code: 'PIXEL_REQUEST_INVALID' });
    },
  );

  it('refuses bytes that are not those of the size', async () => {
    const cut = { width: 2, height: 1, rgba: new Uint8Array(7) };
    await expect(toNativeSize(cut, { factor: 1 })).rejects.toThrow('2×1 pixels do not have 7 bytes');
  });
});
