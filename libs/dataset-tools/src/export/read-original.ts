import type { Raster } from '@dgx-pixels/pixel-art';
import type { Fault } from '../faults/fault.ts';
import type { DatasetImage } from '../manifest/dataset-manifest.ts';
import { canonicalPixelsSha256 } from '../pixels/canonical-pixels.ts';
import { readImage } from '../pixels/read-image.ts';

/** The pixels of a picture of a dataset; a fault when they are not those that its id promises. */
export async function readOriginal(
  folder: string,
  { id, name, width, height }: Pick<DatasetImage, 'id' | 'name' | 'width' | 'height'>,
): Promise<Raster | Fault> {
  let raster: Raster;
  try {
    raster = await readImage(folder, id);
  } catch (error) {
    const isAway = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isAway) return { kind: 'image-file-missing', path: name, message: `images/${id}.png is not there` };
    return { kind: 'image-pixels-changed', path: name, message: `images/${id}.png cannot be read` };
  }
  const isSame = raster.width === width && raster.height === height && canonicalPixelsSha256(raster) === id;
  return isSame ? raster : { kind: 'image-pixels-changed', path: name, message: `images/${id}.png has other pixels` };
}
