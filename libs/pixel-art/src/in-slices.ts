import { setImmediate as nextTurn } from 'node:timers/promises';

const valuesPerSlice = 16 * 1024;
/** Longest work between two turns of the event loop, short of the slice that ends it. */
const msPerTurn = 8;

/** When the event loop is known to have turned last; one for all work in this thread. */
let lastTurn = 0;

/**
 * Works through `count` items (rows, images, pixels) in slices and lets the event loop turn whenever it has not for some
 * milliseconds, be it for this work or for what ran before it.
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
    if (performance.now() - lastTurn > msPerTurn) {
      await nextTurn();
      lastTurn = performance.now();
    }
    work(from, Math.min(from + perSlice, count));
  }
}
