import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { pictureSize, shownPicture } from '../graph.ts';
import { picturesOf, runToSuccess } from '../prompt-run.ts';
import { readPng } from '../read-png.ts';

/** A saved picture has the size and the colour that were asked for. */
export const savedPictureHasSizeAndColour: ConformanceCheck = {
  id: 'saved-picture-has-size-and-colour',
  area: 'png',
  statement: 'A saved picture has the size and the colour that were asked for',
  async run(context) {
    const ended = await runToSuccess(context, shownPicture(0x3366cc));
    const { width, height, pixels } = readPng((await context.view(picturesOf(ended, 'shown')[0])).bytes);
    return compare(
      { ...pictureSize, colours: ['3366cc'] },
      { width, height, colours: [...new Set(pixels.toString('hex').match(/.{6}/g))] },
    );
  },
};
