import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloursOf, fewColours, picturesOf } from '../../test/images/pictures.ts';
import { cutOutSprites } from './sprite-cutout.ts';

/** Opacity of each pixel. */
async function alphaOf(height: number, width: number, colours: readonly number[], tolerance = 0): Promise<number[]> {
  const { values } = await cutOutSprites(picturesOf(1, height, width, colours), tolerance);
  return [...values].filter((_value, at) => at % 4 === 3);
}

describe('cutOutSprites', () => {
  it('leaves opaque pixels as they are and clears the others', async () => {
    await fc.assert(
      fc.asyncProperty(fewColours, fc.integer({ min: 0, max: 255 }), async (images, tolerance) => {
        const { values, ...size } = await cutOutSprites(images, tolerance);
        expect(size).toEqual({ batch: images.batch, height: images.height, width: images.width });
        for (let pixel = 0; pixel < values.length / 4; pixel++) {
          const rgba = [...values.subarray(pixel * 4, pixel * 4 + 4)];
          const opaque = [...images.values.subarray(pixel * 3, pixel * 3 + 3), 1];
          expect(rgba).toEqual(rgba[3] === 1 ? opaque : [0, 0, 0, 0]);
        }
      }),
    );
  });

  it('clears exactly what hangs together with the border in the commonest colour of the border', async () => {
    await fc.assert(
      fc.asyncProperty(fewColours, async (images) => {
        const { height, width } = images;
        const colours = coloursOf(images).slice(0, height * width);
        const isBorder = (at: number): boolean =>
          at < width || at >= width * (height - 1) || at % width === 0 || at % width === width - 1;
        const border = colours.filter((_colour, at) => isBorder(at));
        const count = (colour: number): number => border.filter((other) => other === colour).length;
        const background = border.reduce((best, colour) => (count(colour) > count(best) ? colour : best));
        const cleared = colours.map((colour, at) => colour === background && isBorder(at));
        for (let round = 0; round < height * width; round++) {
          colours.forEach((colour, at) => {
            const x = at % width;
            const near = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width];
            if (colour === background && near.some((other) => cleared[other])) cleared[at] = true;
          });
        }
        const alpha = await alphaOf(height, width, colours);
        expect(alpha).toEqual(cleared.map((isCleared) => (isCleared ? 0 : 1)));
      }),
    );
  });

  it('keeps a hole inside the sprite', async () => {
    const ring = [0, 0, 0, 0, 0, 0, 9, 9, 9, 0, 0, 9, 0, 9, 0, 0, 9, 9, 9, 0, 0, 0, 0, 0, 0];
    expect(await alphaOf(5, 5, ring)).toEqual(ring.map((colour, at) => (colour === 9 || at === 12 ? 1 : 0)));
  });

  it('counts a channel’s difference against the tolerance', async () => {
    const row = [0x101010, 0x101010, 0x131010, 0x101410];
    expect(await alphaOf(1, 4, row, 2)).toEqual([0, 0, 1, 1]);
    expect(await alphaOf(1, 4, row, 3)).toEqual([0, 0, 0, 1]);
    expect(await alphaOf(1, 4, row, 4)).toEqual([0, 0, 0, 0]);
  });

  it.each([-1, 256, 0.5, Number.NaN])('refuses a tolerance of %d', async (tolerance) => {
    await expect(alphaOf(1, 1, [0], tolerance)).rejects.toThrow(`${tolerance}, not a level`);
  });
});
