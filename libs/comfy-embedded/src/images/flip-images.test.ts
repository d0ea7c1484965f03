import { expect, it } from 'vitest';
import { greyImages, levelsOf } from '../../test/images/pictures.ts';
import { flipImages } from './flip-images.ts';

it('flips each image of a batch', async () => {
  const images = greyImages(2, 2, 3, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(levelsOf(await flipImages(images, 'vertical'))).toEqual([3, 4, 5, 0, 1, 2, 9, 10, 11, 6, 7, 8]);
  expect(levelsOf(await flipImages(images, 'horizontal'))).toEqual([2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9]);
});
