import { nearestTo, type Oklab, oklabOf, pointsOf } from './palette/oklab.ts';
import type { PackedColour } from './palette/packed-colour.ts';

function meanOf(colours: readonly PackedColour[]): Oklab {
  let [lightness, a, b] = [0, 0, 0];
  for (const colour of colours) {
    const point = oklabOf(colour);
    lightness += point[0];
    a += point[1];
    b += point[2];
  }
  return [lightness / colours.length, a / colours.length, b / colours.length];
}

/**
 * The colour that stands for a cell: the commonest one. Of equally common ones it is the nearest to the cell's mean in
 * OKLab, then the first in reading order — so a cell without any two equal pixels gives its most typical one.
 *
 * @param colours - the cell's pixels in reading order, at least one.
 */
export function cellColour(colours: readonly PackedColour[]): PackedColour {
  const counts = new Map<PackedColour, number>();
  let most = 0;
  for (const colour of colours) {
    const count = (counts.get(colour) ?? 0) + 1;
    counts.set(colour, count);
    most = Math.max(most, count);
  }
  const commonest = [...counts].filter(([, count]) => count === most).map(([colour]) => colour);
  const [only = 0] = commonest;
  return commonest.length === 1 ? only : nearestTo(meanOf(colours), pointsOf(commonest));
}
