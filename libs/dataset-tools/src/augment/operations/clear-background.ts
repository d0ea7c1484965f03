import { backgroundWords } from '../captions/background-words.ts';
import { replaceWords } from '../captions/replace-words.ts';
import type { Operation } from '../operation.ts';
import { hasPixel, replacePixels } from '../replace-pixels.ts';

/** All opaque pixels of one colour become transparent, in a picture that has no transparent ones yet. */
export const clearBackground: Operation<'clear-background'> = {
  objection: (raster, { colour }) => {
    if (hasPixel(raster, null)) return 'it has transparent pixels already';
    return hasPixel(raster, colour) ? null : `it has no pixels of ${colour}`;
  },
  apply: (raster, { colour }) => replacePixels(raster, colour, null),
  invert: (raster, { colour }) => replacePixels(raster, null, colour),
  caption: (text, { colour }) =>
    replaceWords(text, new Map(backgroundWords(colour).map(([transparent, coloured]) => [coloured, transparent]))),
};
