import type { Raster } from '@dgx-pixels/pixel-art';
import fc from 'fast-check';

const palette = [0x00000000, 0xff2020f0, 0xff20c030, 0xfff08010, 0xff101010, 0xffe8e8e8] as const;

/** A small canonical picture in up to six values, one of them transparent. */
export function randomRaster(
  options: { readonly width?: number; readonly height?: number; readonly most?: number } = {},
) {
  const side = fc.integer({ min: 2, max: options.most ?? 9 });
  return fc
    .tuple(
      options.width === undefined ? side : fc.constant(options.width),
      options.height === undefined ? side : fc.constant(options.height),
    )
    .chain(([width, height]) =>
      fc
        .array(fc.integer({ min: 0, max: palette.length - 1 }), {
          minLength: width * height,
          maxLength: width * height,
        })
        .map((pixels) => rasterOf(width, height, pixels)),
    );
}

/** A picture whose pixels are numbers of a fixed palette; 0 is transparent. */
export function rasterOf(width: number, height: number, pixels: readonly number[]): Raster {
  const words = Uint32Array.from(pixels, (pixel) => palette[pixel % palette.length] ?? 0);
  return { width, height, rgba: new Uint8Array(words.buffer) };
}
