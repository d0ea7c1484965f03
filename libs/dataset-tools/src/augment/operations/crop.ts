import type { Raster } from '@dgx-pixels/pixel-art';
import type { Operation } from '../operation.ts';
import { type Margins, withMargins, withoutMargins } from '../place-in-frame.ts';

/** Less transparent margin; the inverse adds it again. */
export const crop: Operation<'crop'> = {
  objection: (raster, margins) => {
    const { left, top, right, bottom } = margins;
    if (left + right >= raster.width || top + bottom >= raster.height) return 'nothing would be left';
    return isClear(raster, margins) ? null : 'visible pixels would be cut off';
  },
  apply: withoutMargins,
  invert: withMargins,
  caption: (text) => text,
};

/** Whether nothing is visible in the margins of a picture. */
function isClear({ width, height, rgba }: Raster, { left, top, right, bottom }: Margins): boolean {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inside = x >= left && x < width - right && y >= top && y < height - bottom;
      if (!inside && rgba[(y * width + x) * 4 + 3] !== 0) return false;
    }
  }
  return true;
}
