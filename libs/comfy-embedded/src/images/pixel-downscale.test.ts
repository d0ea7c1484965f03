import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloursOf, fewColours, picturesOf } from '../../test/images/pictures.ts';
import { maxCountedPixels } from '@dgx-pixels/pixel-art';
import { downscalePixels } from './pixel-downscale.ts';
import { resizeImages } from './resize/resize-images.ts';

describe('downscalePixels', () => {
  it('undoes an enlargement', async () => {
    const factors = fc.integer({ min: 1, max: 5 });
    await fc.assert(
      fc.asyncProperty(fewColours, factors, factors, async (sprites, across, down) => {
        const native = { width: sprites.width, height: sprites.height };
        const size = { width: sprites.width * across, height: sprites.height * down };
        const enlarged = await resizeImages(sprites, size, 'nearest-exact');
        expect(await downscalePixels(enlarged, native)).toEqual(sprites);
        if (across === down) expect(await downscalePixels(enlarged, { factor: across })).toEqual(sprites);
      }),
    );
  });

  it('uses no colour outside a given palette', async () => {
    const palettes = fc.uniqueArray(fc.integer({ min: 0, max: 0xffffff }), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fewColours, palettes, async (sprites, colours) => {
        const reduced = await downscalePixels(sprites, { factor: 1 }, { colours });
        expect(coloursOf(reduced).every((colour) => colours.includes(colour))).toBe(true);
      }),
    );
  });

  it('chooses at most so many colours, all of them from the batch', async () => {
    await fc.assert(
      fc.asyncProperty(fewColours, fc.integer({ min: 1, max: 8 }), async (sprites, count) => {
        const before = new Set(coloursOf(sprites));
        const after = new Set(coloursOf(await downscalePixels(sprites, { factor: 1 }, { count })));
        expect(after.size).toBeLessThanOrEqual(count);
        expect([...after].every((colour) => before.has(colour))).toBe(true);
        if (before.size <= count) expect(after).toEqual(before);
      }),
    );
  });

  it('takes the commonest colour of a cell, not its mean', async () => {
    const cell = picturesOf(1, 2, 2, [0xffffff, 0x000000, 0x808080, 0x000000]);
    expect(coloursOf(await downscalePixels(cell, { factor: 2 }))).toEqual([0x000000]);
  });

  it('takes the most typical colour of a cell in which all differ', async () => {
    const cell = picturesOf(1, 2, 2, [0x000000, 0x808080, 0x606060, 0xffffff]);
    expect(coloursOf(await downscalePixels(cell, { factor: 2 }))).toEqual([0x606060]);
  });

  it('maps to the nearest colour as people see it', async () => {
    const colours = [0x000000, 0xffffff, 0x0000ff];
    const sprite = picturesOf(1, 1, 3, [0x202020, 0xe0e0e0, 0x2040e0]);
    expect(coloursOf(await downscalePixels(sprite, { factor: 1 }, { colours }))).toEqual(colours);
  });

  it.each([
    [{ factor: 2 }, undefined, '6×3 does not divide into cells of 2 pixels'],
    [{ factor: 0 }, undefined, 'cells of 0 pixels'],
    [{ factor: 1.5 }, undefined, 'cells of 1.5 pixels'],
    [{ width: 4, height: 3 }, undefined, '4×3 cells'],
    [{ width: 12, height: 3 }, undefined, '12×3 cells'],
    [{ factor: 1 }, { count: 0 }, 'not 0'],
    [{ factor: 1 }, { count: 257 }, 'not 257'],
  ])('refuses %j with palette %j', async (grid, palette, message) => {
    const sprite = picturesOf(1, 3, 6, new Array<number>(18).fill(0));
    await expect(downscalePixels(sprite, grid, palette)).rejects.toThrow(
      expect.objectContaining({
        code: 'PIXEL_REQUEST_INVALID',
        message: expect.stringContaining(message) as string,
      }) as Error,
    );
  });

  it('chooses no palette from more pixels than it can sort at once', async () => {
    const width = maxCountedPixels + 1;
    const wide = { values: new Float32Array(width * 3), batch: 1, height: 1, width };
    await expect(downscalePixels(wide, { factor: 1 }, { count: 4 })).rejects.toThrow('chosen from at most');
  });
});
