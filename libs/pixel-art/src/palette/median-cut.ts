import { inSlices } from '../in-slices.ts';
import { sortInSlices } from '../sort-in-slices.ts';
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
const valuesPerEntry = 8;

async function forEachInSlices(entries: readonly Entry[], visit: (entry: Entry) => void): Promise<void> {
  await inSlices(entries.length, valuesPerEntry, (from, to) => {
    for (let at = from; at < to; at++) {
      const entry = entries[at];
      if (entry !== undefined) visit(entry);
    }
  });
}

async function boxOf(entries: readonly Entry[]): Promise<Box> {
  let total = 0;
  const sums: [number, number, number] = [0, 0, 0];
  await forEachInSlices(entries, ({ point, count }) => {
    total += count;
    for (const axis of axes) sums[axis] += point[axis] * count;
  });
  const mean: Oklab = [sums[0] / total, sums[1] / total, sums[2] / total];
  const spreads: [number, number, number] = [0, 0, 0];
  await forEachInSlices(entries, ({ point, count }) => {
    for (const axis of axes) spreads[axis] += count * (point[axis] - mean[axis]) ** 2;
  });
  const spread = Math.max(...spreads);
  return { entries, mean, axis: axes.find((axis) => spreads[axis] === spread) ?? 0, spread };
}

/** Two boxes with about half the pixels each, neither empty. */
async function split({ entries, axis }: Box): Promise<readonly [Box, Box]> {
  const sorted = await sortInSlices(
    entries,
    (one, other) => one.point[axis] - other.point[axis] || one.colour - other.colour,
  );
  const half = sorted.reduce((sum, { count }) => sum + count, 0) / 2;
  let end = 0;
  for (let pixels = 0; pixels < half && end < sorted.length - 1; end++) pixels += sorted[end]?.count ?? 0;
  return [await boxOf(sorted.slice(0, end)), await boxOf(sorted.slice(end))];
}

/**
 * Chooses a palette among the colours of a picture, by median cut in OKLab: the box with the widest spread is halved
 * until there are enough; each gives its colour nearest to its mean. Deterministic, whatever the order of the counts. Lets
 * the event loop turn.
 *
 * @param counts - pixels of each colour.
 * @param size - most colours to choose, at least 1.
 * @returns ascending; all colours of the picture if there are no more than `size`.
 */
export async function medianCut(
  counts: ReadonlyMap<PackedColour, number>,
  size: number,
): Promise<readonly PackedColour[]> {
  const colours = Uint32Array.from(counts.keys()).sort();
  if (colours.length <= size) return [...colours];
  const entries: Entry[] = [];
  await inSlices(colours.length, valuesPerEntry, (from, to) => {
    for (const colour of colours.subarray(from, to)) {
      entries.push({ colour, point: oklabOf(colour), count: counts.get(colour) ?? 0 });
    }
  });
  const boxes = [await boxOf(entries)];
  while (boxes.length < size) {
    const widest = boxes.reduce((best, box, at) => (box.spread > (boxes[best]?.spread ?? 0) ? at : best), 0);
    const box = boxes[widest];
    if (box === undefined || box.entries.length < 2) break;
    boxes.splice(widest, 1, ...(await split(box)));
  }
  const chosen = boxes.map((box) => nearestTo(box.mean, box.entries));
  return chosen.toSorted((one, other) => one - other);
}
