import { moved } from '../../duplicates/eight-moves.ts';
import { horizontalFlipWords } from '../captions/direction-words.ts';
import { replaceWords } from '../captions/replace-words.ts';
import type { Operation } from '../operation.ts';

/** Left becomes right. */
export const flipHorizontal: Operation<'flip-horizontal'> = {
  objection: () => null,
  apply: (raster) => moved(raster, 4),
  invert: (raster) => moved(raster, 4),
  caption: (text) => replaceWords(text, horizontalFlipWords),
};
