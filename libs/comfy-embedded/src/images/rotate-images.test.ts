import { describe, expect, it } from 'vitest';
import { greyImages, levelsOf } from '../../test/images/pictures.ts';
import { rotateImages } from './rotate-images.ts';

const images = greyImages(1, 2, 3, [0, 1, 2, 3, 4, 5]);

describe('rotateImages', () => {
  // torch.rot90 with dims [2, 1], as ImageRotate calls it.
  it.each([
    [0, 2, 3, [0, 1, 2, 3, 4, 5]],
    [90, 3, 2, [3, 0, 4, 1, 5, 2]],
    [180, 2, 3, [5, 4, 3, 2, 1, 0]],
    [270, 3, 2, [2, 5, 1, 4, 0, 3]],
  ] as const)('turns by %d°', async (degrees, height, width, levels) => {
    const turned = await rotateImages(images, degrees);
    expect(turned).toMatchObject({ height, width });
    expect(levelsOf(turned)).toEqual(levels);
  });
});
