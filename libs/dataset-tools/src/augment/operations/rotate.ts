import { moved } from '../../duplicates/eight-moves.ts';
import { turnWords } from '../captions/direction-words.ts';
import { replaceWords } from '../captions/replace-words.ts';
import type { Operation } from '../operation.ts';

/** Quarter turns clockwise. */
export const rotate: Operation<'rotate'> = {
  objection: () => null,
  apply: (raster, { quarterTurns }) => moved(raster, quarterTurns),
  invert: (raster, { quarterTurns }) => moved(raster, 4 - quarterTurns),
  caption: (text, { quarterTurns }) => replaceWords(text, turnWords[quarterTurns]),
};
