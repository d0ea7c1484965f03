import { cutOutSprite, inSlices, type Raster } from '@dgx-pixels/pixel-art';
import { oneColourLevels } from '../pixel-art/one-colour.ts';
import { type SpritePixels, spritePixelsOf } from '../pixel-art/sprite-pixels.ts';
import { measureStyle, type StyleMeasures } from './style-measures.ts';

/** A picture with all that sets are compared by. */
export interface PreparedPicture {
  readonly sprite: SpritePixels;
  readonly style: StyleMeasures;
}

/**
 * Whether opaque pictures are cut out of their background: when most training pictures have a transparent one. Generators
 * paint a background that the training pictures, as they are kept, do not have.
 */
export function cutsOut(train: readonly Raster[]): boolean {
  return train.filter((raster) => !isOpaque(raster)).length * 2 > train.length;
}

/**
 * Measures pictures one by one, letting the event loop turn.
 *
 * @param cutOut whether opaque pictures are cut out of a plain background first (`cutOutSprite`, 16 levels)
 */
export async function preparePictures(
  rasters: readonly Raster[],
  cutOut: boolean,
  onPicture: () => void,
): Promise<readonly PreparedPicture[]> {
  const prepared: PreparedPicture[] = [];
  for (const raster of rasters) {
    const sprite = spritePixelsOf(cutOut && isOpaque(raster) ? await cutOutSprite(raster, oneColourLevels) : raster);
    await inSlices(1, sprite.colours.length, () => prepared.push({ sprite, style: measureStyle(sprite) }));
    onPicture();
  }
  return prepared;
}

function isOpaque({ rgba }: Raster): boolean {
  for (let at = 3; at < rgba.length; at += 4) if ((rgba[at] ?? 0) < 128) return false;
  return true;
}
