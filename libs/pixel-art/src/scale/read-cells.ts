import { inSlices } from '../in-slices.ts';
import type { Raster } from '../raster.ts';
import { pixelWords } from './pixel-words.ts';
import type { Lattice } from './lattice.ts';

/** A picture read cell by cell. */
export interface ReadCells {
  /** One pixel for each whole cell: its commonest pixel, colour and alpha together; the first in reading order on a tie. */
  readonly native: Raster;
  /** Share of source pixels that look like their cell's pixel: no channel differs by more than 32. */
  readonly agreement: number;
}

/** Compression and mild blur change a channel by less than this. */
const sameWithin = 32;

/** Reads the whole cells of a lattice. Undoes nearest-neighbour enlargement exactly. */
export async function readCells(raster: Raster, { factor, offsetX, offsetY }: Lattice): Promise<ReadCells> {
  const columns = Math.max(1, Math.floor((raster.width - offsetX) / factor + 1e-6));
  const rows = Math.max(1, Math.floor((raster.height - offsetY) / factor + 1e-6));
  const words = pixelWords(raster);
  const cells = new Uint32Array(columns * rows);
  const counts = new Map<number, number>();
  let [agreeing, seen] = [0, 0];
  await inSlices(cells.length, factor * factor * 4, (from, to) => {
    for (let cell = from; cell < to; cell++) {
      const left = Math.round(offsetX + (cell % columns) * factor);
      const top = Math.round(offsetY + Math.floor(cell / columns) * factor);
      const right = Math.min(raster.width, Math.round(offsetX + ((cell % columns) + 1) * factor));
      const bottom = Math.min(raster.height, Math.round(offsetY + (Math.floor(cell / columns) + 1) * factor));
      const value = commonest(words, raster.width, left, top, right, bottom, counts);
      cells[cell] = value;
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          const word = words[y * raster.width + x] ?? 0;
          if (word === value || looksLike(word, value)) agreeing++;
        }
      }
      seen += (right - left) * (bottom - top);
    }
  });
  return {
    native: { width: columns, height: rows, rgba: new Uint8Array(cells.buffer) },
    agreement: agreeing / Math.max(1, seen),
  };
}

/**
 * The commonest pixel of a rectangle. Where no two are equal, as after compression, those of the middle half speak: they
 * are farthest from what borders smear.
 *
 * @param counts is emptied and used
 */
function commonest(
  words: Uint32Array,
  stride: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
  counts: Map<number, number>,
): number {
  const first = words[top * stride + left] ?? 0;
  const pixels = (right - left) * (bottom - top);
  counts.clear();
  let [best, most] = [first, 0];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right;) {
      // A run of equal pixels is counted as one: it reaches a count no earlier than its last pixel does.
      const value = words[y * stride + x] ?? 0;
      const begin = x;
      do x++;
      while (x < right && words[y * stride + x] === value);
      const count = (counts.get(value) ?? 0) + x - begin;
      if (count * 2 > pixels) return value;
      counts.set(value, count);
      if (count > most) [best, most] = [value, count];
    }
  }
  if (pixels <= 4) return best;
  return words[((top + bottom) >> 1) * stride + ((left + right) >> 1)] ?? best;
}

function looksLike(one: number, other: number): boolean {
  return (
    Math.abs((one & 255) - (other & 255)) <= sameWithin &&
    Math.abs(((one >>> 8) & 255) - ((other >>> 8) & 255)) <= sameWithin &&
    Math.abs(((one >>> 16) & 255) - ((other >>> 16) & 255)) <= sameWithin &&
    Math.abs((one >>> 24) - (other >>> 24)) <= sameWithin
  );
}
