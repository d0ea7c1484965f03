import { inSlices } from './in-slices.ts';

const runLength = 2048;
/** What a comparison costs beside the plain touch of a value that `inSlices` counts in. */
const costOfOrder = 8;

type Compare<T> = (one: T, other: T) => number;

async function merge<T>(one: readonly T[], other: readonly T[], compare: Compare<T>): Promise<readonly T[]> {
  const merged: T[] = [];
  let [i, j] = [0, 0];
  await inSlices(one.length + other.length, costOfOrder, (from, to) => {
    for (let at = from; at < to; at++) {
      const [left, right] = [one[i], other[j]];
      if (right === undefined || (left !== undefined && compare(left, right) <= 0)) {
        if (left !== undefined) merged.push(left);
        i++;
      } else {
        merged.push(right);
        j++;
      }
    }
  });
  return merged;
}

/** Stable merge sort that lets the event loop turn. @returns a new array. */
export async function sortInSlices<T extends object>(items: readonly T[], compare: Compare<T>): Promise<readonly T[]> {
  let runs: (readonly T[])[] = [];
  await inSlices(Math.ceil(items.length / runLength), runLength * costOfOrder, (from, to) => {
    for (let run = from; run < to; run++) {
      runs.push(items.slice(run * runLength, (run + 1) * runLength).sort(compare));
    }
  });
  while (runs.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(await merge(runs[at] ?? [], runs[at + 1] ?? [], compare));
    runs = merged;
  }
  return runs[0] ?? [];
}
