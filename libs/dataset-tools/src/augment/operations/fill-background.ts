import { backgroundWords } from '../captions/background-words.ts';
import { replaceWords } from '../captions/replace-words.ts';
import type { Operation } from '../operation.ts';
import { hasPixel, replacePixels } from '../replace-pixels.ts';

/** Transparent pixels take a colour that the picture does not have: so they can be told apart again. */
export const fillBackground: Operation<'fill-background'> = {
  objection: (raster, { colour }) => {
    if (!hasPixel(raster, null)) return 'it has no transparent pixels';
    return hasPixel(raster, colour) ? `it has pixels of ${colour} already` : null;
  },
  apply: (raster, { colour }) => replacePixels(raster, null, colour),
  invert: (raster, { colour }) => replacePixels(raster, colour, null),
  caption: (text, { colour }) => replaceWords(text, new Map(backgroundWords(colour))),
};
