import type { Operation } from '../operation.ts';
import { maxSide, withMargins, withoutMargins } from '../place-in-frame.ts';

/** More transparent margin; the inverse cuts it off again. */
export const pad: Operation<'pad'> = {
  objection: ({ width, height }, { left, top, right, bottom }) =>
    Math.max(width + left + right, height + top + bottom) > maxSide
      ? `a side would be longer than ${maxSide} pixels`
      : null,
  apply: withMargins,
  invert: withoutMargins,
  caption: (text) => text,
};
