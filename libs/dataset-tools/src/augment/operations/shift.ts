import type { Raster } from '@dgx-pixels/pixel-art';
import type { Operation } from '../operation.ts';
import { rolled } from './wrap-shift.ts';

/** The subject moves inside its transparent margins; whatever would leave the picture is transparent. */
export const shift: Operation<'shift'> = {
  objection: (raster, { x, y }) => {
    if (Math.abs(x) >= raster.width || Math.abs(y) >= raster.height) return 'it would leave the picture as a whole';
    return isClear(raster, x, y) ? null : 'visible pixels would leave the picture';
  },
  apply: (raster, { x, y }) => rolled(raster, x, y),
  invert: (raster, { x, y }) => rolled(raster, -x, -y),
  caption: (text) => text,
};

/** Whether all columns and rows that a shift pushes out are transparent. */
function isClear({ width, height, rgba }: Raster, right: number, down: number): boolean {
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [x, y] = [(pixel % width) + right, Math.floor(pixel / width) + down];
    const leaves = x < 0 || y < 0 || x >= width || y >= height;
    if (leaves && rgba[pixel * 4 + 3] !== 0) return false;
  }
  return true;
}
