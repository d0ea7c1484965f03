import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ColourPoint, nearestTo, type Oklab, oklabOf } from './oklab.ts';
import type { PackedColour } from './packed-colour.ts';

interface Entry extends ColourPoint {
  readonly count: number;
}

interface Box {
  readonly entries: readonly Entry[];
  readonly mean: Oklab;
  /** Axis of OKLab along which the pixels spread most. */
  readonly axis: 0 | 1 | 2;
  /** Sum of squared distances from the mean along it. */
  readonly spread: number;
}

const axes = [0, 1, 2] as const;

function boxOf(entries: readonly Entry[]): Box {
  const total = entries.reduce((sum, { count }) => sum + count, 0);
  const meanAlong = (axis: 0 | 1 | 2): number =>
    entries.reduce((sum, { point, count }) => sum + point[axis] * count, 0) / total;
  const mean: Oklab = [meanAlong(0), meanAlong(1), meanAlong(2)];
  const spreads = axes.map((axis) =>
    entries.reduce((sum, { point, count }) => sum + count * (point[axis] - mean[axis]) ** 2, 0),
  );
  const spread = Math.max(...spreads);
  return { entries, mean, axis: axes.find((axis) => spreads[axis] === spread) ?? 0, spread };
}

/** Two boxes with about half the pixels each, neither empty. */
function split({ entries, axis }: Box): readonly [Box, Box] {
  const sorted = entries.toSorted((one, other) => one.point[axis] - other.point[axis] || one.colour - other.colour);
  const half = sorted.reduce((sum, { count }) => sum + count, 0) / 2;
  let end = 0;
  for (let pixels = 0; pixels < half && end < sorted.length - 1; end++) pixels += sorted[end]?.count ?? 0;
  return [boxOf(sorted.slice(0, end)), boxOf(sorted.slice(end))];
}

/**
 * Chooses a palette among the colours of a picture, by median cut in OKLab: the box with the widest spread is halved
 * until there are enough; each gives its colour nearest to its mean. Deterministic, whatever the order of the counts. Lets
 * the event loop turn between two cuts.
 *
 * @param counts - pixels of each colour.
 * @param size - most colours to choose, at least 1.
 * @returns ascending; all colours of the picture if there are no more than `size`.
 */
export async function medianCut(
  counts: ReadonlyMap<PackedColour, number>,
  size: number,
): Promise<readonly PackedColour[]> {
  const entries = [...counts]
    .toSorted(([one], [other]) => one - other)
    .map(([colour, count]) => ({ colour, point: oklabOf(colour), count }));
  if (entries.length <= size) return entries.map(({ colour }) => colour);
  await nextTurn();
  const boxes = [boxOf(entries)];
  while (boxes.length < size) {
    const widest = boxes.reduce((best, box, at) => (box.spread > (boxes[best]?.spread ?? 0) ? at : best), 0);
    const box = boxes[widest];
    if (box === undefined || box.entries.length < 2) break;
    boxes.splice(widest, 1, ...split(box));
    await nextTurn();
  }
  const chosen = boxes.map((box) => nearestTo(box.mean, box.entries));
  return chosen.toSorted((one, other) => one - other);
}
