import { sha256Hex } from '@dgx-pixels/evidence';
import { pixelWords, type Raster } from '@dgx-pixels/pixel-art';
import { canonicalPixels, canonicalPixelsSha256 } from '../pixels/canonical-pixels.ts';
import { allMoved } from './eight-moves.ts';

/** Identities of a picture that do not depend on how it is turned, where it lies, or how it is coloured. */
export interface PictureKeys {
  /** Equal for pictures whose visible parts, without transparent margins, are flips or turns of each other. */
  readonly visible: string;
  /**
   * Equal for palette swaps: the same partition of the visible part into colours and transparency. Null for a part of one
   * colour that fills its rectangle, which says nothing.
   */
  readonly shapes: string | null;
}

/** Computes the keys of a picture: each is the smallest hash over the eight flips and turns. */
export function pictureKeys(raster: Raster): PictureKeys {
  const positions = allMoved(visiblePart(canonicalPixels(raster)));
  const shapes = positions.map(shapeOf);
  return {
    visible: smallest(positions.map(canonicalPixelsSha256)),
    shapes: shapes.every((shape) => shape === null) ? null : smallest(shapes.filter((shape) => shape !== null)),
  };
}

function smallest(hashes: readonly string[]): string {
  return hashes.reduce((least, hash) => (hash < least ? hash : least));
}

/** A picture without its transparent margins; one that is all transparent stays as it is. */
function visiblePart({ width, height, rgba }: Raster): Raster {
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      if (rgba[pixel * 4 + 3] === 0) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
  }
  if (right < 0) return { width, height, rgba };
  const columns = right - left + 1;
  const part = new Uint8Array(columns * (bottom - top + 1) * 4);
  for (let y = top; y <= bottom; y++) {
    const start = (y * width + left) * 4;
    part.set(rgba.subarray(start, start + columns * 4), (y - top) * columns * 4);
  }
  return { width: columns, height: bottom - top + 1, rgba: part };
}

/**
 * Hash of a picture with its values numbered in the order in which they first appear; transparency is no colour and keeps
 * number 0. Equal for two palette swaps in the same position; null for a picture of one value.
 */
function shapeOf(raster: Raster): string | null {
  const words = pixelWords(raster);
  const numbers = new Map([[0, 0]]);
  const shape = new Uint32Array(words.length);
  let isPlain = true;
  for (let pixel = 0; pixel < words.length; pixel++) {
    const word = words[pixel] ?? 0;
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    shape[pixel] = number;
    isPlain &&= number === shape[0];
  }
  if (isPlain) return null;
  return sha256Hex(Buffer.concat([Buffer.from(`${raster.width}x${raster.height}\n`), new Uint8Array(shape.buffer)]));
}
