import { checkRaster, type Raster } from '../raster.ts';

/** What a native-size picture consists of. */
export interface PixelArtFacts {
  /** Different colours of the pixels that are not transparent. */
  readonly colours: number;
  /** At most 256 of them as `#rrggbb`, commonest first, equally common ones by value. */
  readonly palette: readonly string[];
  /** `binary`: every pixel is opaque or transparent; `partial`: some are neither. */
  readonly alpha: 'none' | 'binary' | 'partial';
  readonly opaquePixels: number;
  /** Visible pixels none of whose eight neighbours has their colour. */
  readonly orphanPixels: number;
}

const longestPalette = 256;
/** Stands for a transparent pixel; no colour has this number. */
const transparent = -1;

/**
 * Counts the colours, transparent and lonely pixels of a picture at its native size.
 *
 * @throws PixelArtError PIXEL_REQUEST_INVALID for a raster whose bytes are not those of its size
 */
export function describePixelArt(raster: Raster): PixelArtFacts {
  checkRaster(raster);
  const { width, height, rgba } = raster;
  // With a transparent border of one pixel: so every pixel has eight neighbours.
  const stride = width + 2;
  const colours = new Int32Array(stride * (height + 2)).fill(transparent);
  const indexOf = new Map<number, number>();
  const counts: number[] = [];
  let [opaque, translucent] = [0, 0];
  let [last, lastIndex] = [transparent, 0];
  for (let y = 0, at = 0; y < height; y++) {
    const start = (y + 1) * stride + 1;
    for (let x = 0; x < width; x++, at += 4) {
      const alpha = rgba[at + 3] ?? 0;
      if (alpha === 0) continue;
      const colour = ((rgba[at] ?? 0) << 16) | ((rgba[at + 1] ?? 0) << 8) | (rgba[at + 2] ?? 0);
      colours[start + x] = colour;
      if (alpha === 255) opaque++;
      else translucent++;
      if (colour !== last) {
        let index = indexOf.get(colour);
        if (index === undefined) {
          index = counts.push(0) - 1;
          indexOf.set(colour, index);
        }
        last = colour;
        lastIndex = index;
      }
      counts[lastIndex] = (counts[lastIndex] ?? 0) + 1;
    }
  }
  const shareOf = (index: number): number => counts[index] ?? 0;
  const byShare = [...indexOf].sort(([one, first], [other, second]) => shareOf(second) - shareOf(first) || one - other);
  return {
    colours: counts.length,
    palette: byShare.slice(0, longestPalette).map(([colour]) => `#${colour.toString(16).padStart(6, '0')}`),
    alpha: translucent > 0 ? 'partial' : opaque < width * height ? 'binary' : 'none',
    opaquePixels: opaque,
    orphanPixels: countOrphans(colours, width, height),
  };
}

/** @param colours with a border of one transparent pixel around `width` × `height` */
function countOrphans(colours: Int32Array, width: number, height: number): number {
  const stride = width + 2;
  let orphans = 0;
  for (let y = 1; y <= height; y++) {
    for (let pixel = y * stride + 1; pixel <= y * stride + width; pixel++) {
      const colour = colours[pixel];
      const hasCompany =
        colour === transparent ||
        colours[pixel - 1] === colour ||
        colours[pixel + 1] === colour ||
        colours[pixel - stride] === colour ||
        colours[pixel + stride] === colour ||
        colours[pixel - stride - 1] === colour ||
        colours[pixel - stride + 1] === colour ||
        colours[pixel + stride - 1] === colour ||
        colours[pixel + stride + 1] === colour;
      if (!hasCompany) orphans++;
    }
  }
  return orphans;
}
