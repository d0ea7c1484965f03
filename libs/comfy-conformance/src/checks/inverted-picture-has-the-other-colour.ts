import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownInvertedPicture } from '../graph.ts';
import { picturesOf, runToSuccess } from '../prompt-run.ts';
import { readPng } from '../read-png.ts';

/** ImageInvert turns a colour into its complement. */
export const invertedPictureHasTheOtherColour: ConformanceCheck = {
  id: 'inverted-picture-has-the-other-colour',
  area: 'images',
  statement: 'ImageInvert turns a colour into its complement',
  async run(context) {
    const ended = await runToSuccess(context, shownInvertedPicture(0xff00ff));
    const { pixels } = readPng((await context.view(picturesOf(ended, 'shown')[0])).bytes);
    return compare('00ff00', pixels.toString('hex', 0, 3));
  },
};
