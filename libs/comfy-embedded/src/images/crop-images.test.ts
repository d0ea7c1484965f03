import { describe, expect, it } from 'vitest';
import { greyImages, levelsOf } from '../../test/images/pictures.ts';
import { cropImages } from './crop-images.ts';

const images = greyImages(2, 2, 3, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);

describe('cropImages', () => {
  it.each([
    ['inside', { left: 1, top: 0, width: 2, height: 1 }, [1, 2, 7, 8]],
    ['over the edge', { left: 2, top: 1, width: 9, height: 9 }, [5, 11]],
    ['with its corner outside', { left: 90, top: 0, width: 2, height: 2 }, [2, 5, 8, 11]],
  ])('cuts %s', (_name, rectangle, levels) => {
    expect(levelsOf(cropImages(images, rectangle))).toEqual(levels);
  });
});
