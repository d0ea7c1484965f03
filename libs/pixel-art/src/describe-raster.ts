import type { Raster } from './raster.ts';

/** What a picture consists of, counted pixel by pixel. */
export interface RasterFacts {
  /** Different colours of the pixels that are not transparent. */
  readonly colours: number;
  readonly opaquePixels: number;
  /** Alpha 0. */
  readonly transparentPixels: number;
  /** Neither opaque nor transparent. */
  readonly translucentPixels: number;
  /** Whether nothing can be told apart: all pixels are equal. */
  readonly blank: boolean;
}

/** Counts a picture's colours and its opaque and transparent pixels. */
export function describeRaster({ width, height, rgba }: Raster): RasterFacts {
  const colours = new Set<number>();
  const values = new Set<number>();
  let [opaquePixels, transparentPixels] = [0, 0];
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(pixel * 4, pixel * 4 + 4);
    const colour = (red << 16) | (green << 8) | blue;
    values.add(colour * 256 + alpha);
    if (alpha === 0) transparentPixels++;
    else colours.add(colour);
    if (alpha === 255) opaquePixels++;
  }
  const translucentPixels = width * height - opaquePixels - transparentPixels;
  return { colours: colours.size, opaquePixels, transparentPixels, translucentPixels, blank: values.size === 1 };
}
