import { moved } from '../../duplicates/eight-moves.ts';
import { verticalFlipWords } from '../captions/direction-words.ts';
import { replaceWords } from '../captions/replace-words.ts';
import type { Operation } from '../operation.ts';

/** Top becomes bottom. */
export const flipVertical: Operation<'flip-vertical'> = {
  objection: () => null,
  apply: (raster) => moved(raster, 6),
  invert: (raster) => moved(raster, 6),
  caption: (text) => replaceWords(text, verticalFlipWords),
};
