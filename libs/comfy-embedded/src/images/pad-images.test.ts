import { describe, expect, it } from 'vitest';
import { greyImages, levelsOf } from '../../test/images/pictures.ts';
import { padImages } from './pad-images.ts';

describe('padImages', () => {
  it('puts grey around each image', () => {
    const { images } = padImages(greyImages(2, 1, 1, [1, 0]), { left: 1, top: 1, right: 0, bottom: 0 }, 0);
    expect(images).toMatchObject({ batch: 2, height: 2, width: 2 });
    expect(levelsOf(images)).toEqual([0.5, 0.5, 0.5, 1, 0.5, 0.5, 0.5, 0]);
  });

  it('fades the mask into the image from padded edges only', () => {
    const padding = { left: 0, top: 1, right: 1, bottom: 0 };
    const { mask } = padImages(greyImages(1, 5, 6, new Array<number>(30).fill(0)), padding, 2);
    expect(mask).toMatchObject({ batch: 1, height: 6, width: 7 });
    const rows = Array.from({ length: 6 }, (_none, y) => [...mask.values.subarray(y * 7, y * 7 + 7)]);
    expect(rows).toEqual([
      [1, 1, 1, 1, 1, 1, 1],
      [1, 1, 1, 1, 1, 1, 1],
      [0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 1],
      [0, 0, 0, 0, 0, 0.25, 1],
      [0, 0, 0, 0, 0, 0.25, 1],
      [0, 0, 0, 0, 0, 0.25, 1],
    ]);
  });

  it('fades at the bottom and the left alike', () => {
    const padding = { left: 1, top: 0, right: 0, bottom: 1 };
    const { mask } = padImages(greyImages(1, 6, 5, new Array<number>(30).fill(0)), padding, 2);
    const rows = Array.from({ length: 7 }, (_none, y) => [...mask.values.subarray(y * 6, y * 6 + 6)]);
    // The distance to the left and the top counts from 0, to the right and the bottom from 1.
    expect(rows).toEqual([
      [1, 1, 0.25, 0, 0, 0],
      [1, 1, 0.25, 0, 0, 0],
      [1, 1, 0.25, 0, 0, 0],
      [1, 1, 0.25, 0, 0, 0],
      [1, 1, 0.25, 0, 0, 0],
      [1, 1, 0.25, 0.25, 0.25, 0.25],
      [1, 1, 1, 1, 1, 1],
    ]);
  });

  it('does not fade into an image that is too small', () => {
    const { mask } = padImages(
      greyImages(1, 4, 9, new Array<number>(36).fill(0)),
      { left: 1, top: 0, right: 0, bottom: 0 },
      2,
    );
    expect(mask.values.reduce((sum, value) => sum + value, 0)).toBe(4);
  });
});
