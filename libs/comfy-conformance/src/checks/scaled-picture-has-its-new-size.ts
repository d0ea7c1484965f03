import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { evenPicture, freshColour, node } from '../graph.ts';
import { picturesOf, runToSuccess } from '../prompt-run.ts';
import { readPng } from '../read-png.ts';

/** ImageScale gives a picture the size that was asked for. */
export const scaledPictureHasItsNewSize: ConformanceCheck = {
  id: 'scaled-picture-has-its-new-size',
  area: 'images',
  statement: 'ImageScale gives a picture the size that was asked for',
  async run(context) {
    const scaled = node('ImageScale', {
      image: ['picture', 0],
      upscale_method: 'nearest-exact',
      width: 40,
      height: 10,
      crop: 'disabled',
    });
    const ended = await runToSuccess(context, {
      picture: evenPicture(freshColour()),
      scaled,
      shown: node('PreviewImage', { images: ['scaled', 0] }),
    });
    const { width, height } = readPng((await context.view(picturesOf(ended, 'shown')[0])).bytes);
    return compare({ width: 40, height: 10 }, { width, height });
  },
};
