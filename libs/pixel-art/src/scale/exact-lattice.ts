import type { Raster } from '../raster.ts';
import { largestFactor, type Lattice } from './lattice.ts';
import { alphaMask, pixelWords } from './pixel-words.ts';

/** A lattice whose cells look uniform, every one of them. */
export interface ExactLattice extends Lattice {
  /** Whether pixels of alpha 0 differ in colours that nobody sees: then a cell may look uniform and not be it. */
  readonly hidesColours: boolean;
}

/**
 * The grid by exact borders: the greatest common divisor of the distances between all borders at which anything changes
 * that can be seen. Right for pictures that were enlarged by repeating pixels, also when they were cropped afterwards; null
 * when nothing but 1 divides the distances. Ends at the first borders that leave nothing but 1, so a native picture costs
 * next to nothing.
 */
export function findExactLattice(raster: Raster): ExactLattice | null {
  const { width, height } = raster;
  const words = pixelWords(raster);
  const bytes = Buffer.from(words.buffer, words.byteOffset, words.byteLength);
  const stride = width * 4;
  let [factor, firstColumn, firstRow] = [0, 0, 0];
  let hidesColours = false;
  for (let y = 0; y < height; y++) {
    if (y > 0) {
      // Equal rows have equal borders, and most rows of an enlarged picture equal the one above.
      const start = y * stride;
      if (bytes.compare(bytes, start - stride, start, start, start + stride) === 0) continue;
      if (looksDifferent(words, (y - 1) * width, y * width, width)) {
        if (firstRow === 0) firstRow = y;
        else factor = greatestCommonDivisor(factor, y - firstRow);
        if (factor === 1) return null;
      } else hidesColours = true;
    }
    let last = words[y * width] ?? 0;
    for (let x = 1; x < width; x++) {
      const word = words[y * width + x] ?? 0;
      if (word === last) continue;
      if (((word | last) & alphaMask) === 0) hidesColours = true;
      else if (firstColumn === 0) firstColumn = x;
      else if (x !== firstColumn) {
        factor = greatestCommonDivisor(factor, Math.abs(x - firstColumn));
        if (factor === 1) return null;
      }
      last = word;
    }
  }
  if (factor < 2 || factor > largestFactor(Math.max(width, height))) return null;
  return { factor, offsetX: firstColumn % factor, offsetY: firstRow % factor, confidence: 1, hidesColours };
}

/** Whether two rows, from their first pixels on, differ where either can be seen. */
function looksDifferent(words: Uint32Array, one: number, other: number, width: number): boolean {
  for (let x = 0; x < width; x++) {
    const [above, below] = [words[one + x] ?? 0, words[other + x] ?? 0];
    if (above !== below && ((above | below) & alphaMask) !== 0) return true;
  }
  return false;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}

/** The first pixel of each whole cell: all of the cell, where cells are uniform. */
export function sampleCells(raster: Raster, { factor, offsetX, offsetY }: Lattice): Raster {
  const columns = Math.max(1, Math.floor((raster.width - offsetX) / factor));
  const rows = Math.max(1, Math.floor((raster.height - offsetY) / factor));
  const words = pixelWords(raster);
  const cells = new Uint32Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    const start = (offsetY + row * factor) * raster.width + offsetX;
    for (let column = 0; column < columns; column++) {
      cells[row * columns + column] = words[start + column * factor] ?? 0;
    }
  }
  return { width: columns, height: rows, rgba: new Uint8Array(cells.buffer) };
}
