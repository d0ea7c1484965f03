import type { Raster } from '@dgx-pixels/pixel-art';

/** One value for each pixel, so that pixels are compared as numbers. */
function packedPixels({ width, height, rgba }: Raster): Uint32Array {
  if (rgba.byteOffset % 4 === 0) return new Uint32Array(rgba.buffer, rgba.byteOffset, width * height);
  return new Uint32Array(Uint8Array.from(rgba).buffer);
}

/** Marks the pixels of a sheet that show something. */
export interface SheetInk {
  readonly width: number;
  readonly height: number;
  /** 1 where a pixel shows something, row after row. */
  readonly ink: Uint8Array;
}

/**
 * What of a sheet is picture: where it has transparent pixels, all that are not; else all pixels that do not have the
 * commonest colour of its border.
 */
export function findInk(sheet: Raster): SheetInk {
  const { width, height, rgba } = sheet;
  const ink = new Uint8Array(width * height);
  let transparent = 0;
  for (let pixel = 0; pixel < ink.length; pixel++) {
    if (rgba[pixel * 4 + 3] === 0) transparent++;
    else ink[pixel] = 1;
  }
  if (transparent > 0) return { width, height, ink };
  const pixels = packedPixels(sheet);
  const empty = borderColour(pixels, width, height);
  for (let pixel = 0; pixel < ink.length; pixel++) if (pixels[pixel] === empty) ink[pixel] = 0;
  return { width, height, ink };
}

function borderColour(pixels: Uint32Array, width: number, height: number): number {
  const counts = new Map<number, number>();
  const count = (pixel: number) => counts.set(pixels[pixel] ?? 0, (counts.get(pixels[pixel] ?? 0) ?? 0) + 1);
  for (let x = 0; x < width; x++) [x, (height - 1) * width + x].forEach(count);
  for (let y = 0; y < height; y++) [y * width, (y + 1) * width - 1].forEach(count);
  let [colour, most] = [0, 0];
  for (const [candidate, number] of counts) {
    if (number > most || (number === most && candidate < colour)) [colour, most] = [candidate, number];
  }
  return colour;
}
