import { describe, expect, it } from 'vitest';
import { greyImages, levelsOf } from '../../test/images/pictures.ts';
import { batchImages } from './batch-images.ts';

describe('batchImages', () => {
  it('puts the second batch behind the first', async () => {
    const both = await batchImages(greyImages(1, 1, 2, [1, 2]), greyImages(2, 1, 2, [3, 4, 5, 6]));
    expect(both).toMatchObject({ batch: 3, height: 1, width: 2 });
    expect(levelsOf(both)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('cuts and resizes the second batch to the size of the first', async () => {
    const rows = [9, 0, 1, 3, 4, 6, 0, 9];
    // Of eight columns the middle four stay; bilinear makes each pixel the mean of two columns.
    const both = await batchImages(greyImages(1, 1, 2, [9, 9]), greyImages(1, 2, 8, [...rows, ...rows]));
    expect(levelsOf(both)).toEqual([9, 9, 2, 5]);
  });

  it('refuses more pixels than allowed', async () => {
    const big = { values: new Float32Array(0), batch: 10, height: 1024, width: 1024 };
    await expect(batchImages(big, big)).rejects.toThrow('20 images');
  });
});
