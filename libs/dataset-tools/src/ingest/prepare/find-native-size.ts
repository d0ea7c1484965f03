import { detectScale, type Raster } from '@dgx-pixels/pixel-art';
import type { ImageScale } from '../../manifest/scale.ts';
import { refuse, type RefusedFile } from '../inspect/inspection.ts';
import { shrinkByFactor } from './shrink-by-factor.ts';

/** Largest side of a picture in a dataset, in native pixels. */
const maxNativeSide = 4096;

/** A picture at its native size, and how that was found. */
export interface NativePicture {
  readonly native: Raster;
  readonly scale: ImageScale;
}

/**
 * A picture at its native size.
 *
 * @param declared source pixels per native pixel, where the user knows; null: find out
 */
export async function findNativeSize(raster: Raster, declared: number | null): Promise<NativePicture | RefusedFile> {
  const found = declared === null ? await detected(raster) : byDeclaration(raster, declared);
  if ('kind' in found) return found;
  const { width, height } = found.native;
  if (width <= maxNativeSide && height <= maxNativeSide) return found;
  return refuse('picture-too-large', `${width}×${height} native pixels`);
}

async function detected(raster: Raster): Promise<NativePicture | RefusedFile> {
  const { native, reason, factor, offsetX, offsetY, method, confidence, agreement } = await detectScale(raster);
  if (native === null) return refuse('picture-without-grid', reason ?? 'no native size was found');
  return { native, scale: { factor, offsetX, offsetY, method, confidence, agreement } };
}

function byDeclaration(raster: Raster, factor: number): NativePicture | RefusedFile {
  const shrunk = shrinkByFactor(raster, factor);
  if (shrunk === null) {
    return refuse(
      'scale-does-not-divide',
      `${raster.width}×${raster.height} pixels do not divide into cells of ${factor}`,
    );
  }
  const { native, agreement } = shrunk;
  return { native, scale: { factor, offsetX: 0, offsetY: 0, method: 'declared', confidence: 1, agreement } };
}
