import fc from 'fast-check';
import type { Raster } from '../src/index.ts';

/** An opaque picture in the given colours (0xRRGGBB); null is transparent. */
export function rasterOf(width: number, colours: readonly (number | null)[]): Raster {
  const bytes = colours.flatMap((colour) =>
    colour === null ? [0, 0, 0, 0] : [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255, 255],
  );
  return { width, height: colours.length / width, rgba: Uint8Array.from(bytes) };
}

/** The colours of a picture; null where it is transparent. */
export function coloursOf({ rgba }: Raster): readonly (number | null)[] {
  return Array.from({ length: rgba.length / 4 }, (_none, pixel) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = rgba.subarray(pixel * 4, pixel * 4 + 4);
    return alpha === 0 ? null : (red << 16) | (green << 8) | blue;
  });
}

/** Small pictures of a given size, or of any, that use few colours, so that neighbours often agree. */
export function rasters(size?: { readonly width: number; readonly height: number }): fc.Arbitrary<Raster> {
  const side = fc.integer({ min: 1, max: 7 });
  return fc
    .record({
      width: size === undefined ? side : fc.constant(size.width),
      height: size === undefined ? side : fc.constant(size.height),
      colours: fc.uniqueArray(fc.integer({ min: 0, max: 0xffffff }), { minLength: 1, maxLength: 6 }),
    })
    .chain(({ width, height, colours }) =>
      fc
        .array(fc.constantFrom(null, ...colours), { minLength: width * height, maxLength: width * height })
        .map((pixels) => rasterOf(width, pixels)),
    );
}

/** Every pixel as a square of `factor` pixels. */
export function enlarge({ width, height, rgba }: Raster, factor: number): Raster {
  const large = new Uint8Array(width * height * factor * factor * 4);
  for (let y = 0; y < height * factor; y++) {
    for (let x = 0; x < width * factor; x++) {
      const from = (Math.floor(y / factor) * width + Math.floor(x / factor)) * 4;
      large.set(rgba.subarray(from, from + 4), (y * width * factor + x) * 4);
    }
  }
  return { width: width * factor, height: height * factor, rgba: large };
}
