import type { Raster } from '@dgx-pixels/pixel-art';

/** Each pixel of the result is the one of the picture that `from` names; outside of it, transparent. */
function gather(
  { width, height, rgba }: Raster,
  size: { readonly width: number; readonly height: number },
  from: (x: number, y: number) => readonly [x: number, y: number],
): Raster {
  const moved = new Uint8Array(size.width * size.height * 4);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const [column, row] = from(x, y);
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      const at = (row * width + column) * 4;
      moved.set(rgba.subarray(at, at + 4), (y * size.width + x) * 4);
    }
  }
  return { ...size, rgba: moved };
}

/** Left and right change places. */
export function mirrorRaster(raster: Raster): Raster {
  return gather(raster, raster, (x, y) => [raster.width - 1 - x, y]);
}

/** So many quarter turns clockwise. */
export function turnRaster(raster: Raster, times: number): Raster {
  if (times === 0) return raster;
  const { width, height } = raster;
  const once = gather(raster, { width: height, height: width }, (x, y) => [y, height - 1 - x]);
  return turnRaster(once, times - 1);
}

/** Moves a picture on its canvas; what leaves it is lost. */
export function shiftRaster(raster: Raster, right: number, down: number): Raster {
  return gather(raster, raster, (x, y) => [x - right, y - down]);
}

/** Puts a picture on a larger canvas, its upper left corner at a place. */
export function padRaster(raster: Raster, width: number, height: number, left: number, top: number): Raster {
  return gather(raster, { width, height }, (x, y) => [x - left, y - top]);
}
