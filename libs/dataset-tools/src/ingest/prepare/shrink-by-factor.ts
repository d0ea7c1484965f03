import type { Raster } from '@dgx-pixels/pixel-art';

/** A picture at its native size and the share of source pixels that have the colour of their cell. */
export interface ShrunkPicture {
  readonly native: Raster;
  readonly agreement: number;
}

/**
 * A picture whose cells are known to be `factor` pixels wide and high: each becomes its commonest pixel (colour and alpha
 * together; the first in reading order on a tie). Undoes nearest-neighbour enlargement exactly.
 *
 * @returns null when the sides are no multiples of the factor
 */
export function shrinkByFactor({ width, height, rgba }: Raster, factor: number): ShrunkPicture | null {
  const [columns, rows] = [width / factor, height / factor];
  if (!Number.isInteger(columns) || !Number.isInteger(rows)) return null;
  const pixels = new Uint32Array(Uint8Array.from(rgba).buffer);
  const cells = new Uint32Array(columns * rows);
  let agreeing = 0;
  for (let cell = 0; cell < cells.length; cell++) {
    const start = Math.floor(cell / columns) * factor * width + (cell % columns) * factor;
    const { value, count } = commonest(pixels, start, width, factor);
    cells[cell] = value;
    agreeing += count;
  }
  const native = { width: columns, height: rows, rgba: new Uint8Array(cells.buffer) };
  return { native, agreement: agreeing / (width * height) };
}

function commonest(
  pixels: Uint32Array,
  start: number,
  stride: number,
  factor: number,
): { value: number; count: number } {
  const counts = new Map<number, number>();
  for (let y = 0; y < factor; y++) {
    for (let x = 0; x < factor; x++) {
      const value = pixels[start + y * stride + x] ?? 0;
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  let best = { value: pixels[start] ?? 0, count: 0 };
  for (const [value, count] of counts) if (count > best.count) best = { value, count };
  return best;
}
