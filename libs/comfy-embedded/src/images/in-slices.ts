import { setImmediate as nextTurn } from 'node:timers/promises';

const valuesPerSlice = 128 * 1024;

/**
 * Works through `count` items (rows, images, pixels) in slices and lets the event loop turn between them.
 *
 * @param valuesPerItem - how many numbers one item touches; sets the length of a slice.
 * @param work - called with the range `[from, to)` of each slice, in order.
 */
export async function inSlices(
  count: number,
  valuesPerItem: number,
  work: (from: number, to: number) => void,
): Promise<void> {
  const perSlice = Math.max(1, Math.floor(valuesPerSlice / Math.max(1, valuesPerItem)));
  for (let from = 0; from < count; from += perSlice) {
    if (from > 0) await nextTurn();
    work(from, Math.min(from + perSlice, count));
  }
}
