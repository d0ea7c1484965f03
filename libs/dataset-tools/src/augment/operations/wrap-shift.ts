import type { Raster } from '@dgx-pixels/pixel-art';
import type { Operation } from '../operation.ts';

/** What leaves on one side comes in on the other: for seamless tiles. */
export const wrapShift: Operation<'wrap-shift'> = {
  objection: () => null,
  apply: (raster, { x, y }) => rolled(raster, x, y),
  invert: (raster, { x, y }) => rolled(raster, -x, -y),
  caption: (text) => text,
};

/** A picture moved by whole pixels to the right and down, around its borders. */
export function rolled({ width, height, rgba }: Raster, right: number, down: number): Raster {
  const from = new Uint32Array(rgba.slice().buffer);
  const to = new Uint32Array(from.length);
  for (const [pixel, word] of from.entries()) {
    const x = modulo((pixel % width) + right, width);
    const y = modulo(Math.floor(pixel / width) + down, height);
    to[y * width + x] = word;
  }
  return { width, height, rgba: new Uint8Array(to.buffer) };
}

function modulo(value: number, size: number): number {
  return ((value % size) + size) % size;
}
