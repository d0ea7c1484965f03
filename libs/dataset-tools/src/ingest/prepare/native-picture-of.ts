import type { Raster } from '@dgx-pixels/pixel-art';
import type { ImageScale } from '../../manifest/scale.ts';
import type { SheetCell } from '../../manifest/source.ts';
import { decodePicture } from '../inspect/decode-picture.ts';
import { inspectFile } from '../inspect/inspect-file.ts';
import { cutCell } from '../sheets/cut-sheet.ts';
import { findNativeSize, type NativePicture } from './find-native-size.ts';

/** The pixels of a source file; null when it is no picture that ingest takes. */
export async function decodeSource(path: string, bytes: Buffer): Promise<Raster | null> {
  const inspected = inspectFile(path, bytes);
  if ('kind' in inspected) return null;
  const raster = await decodePicture(bytes, inspected);
  return 'kind' in raster ? null : raster;
}

/**
 * The picture that a decoded source gives by the steps that a manifest names: cut out of its sheet, at its native size.
 *
 * @returns with the scale that is found now; null when the source gives no picture
 */
export async function nativePictureOf(
  source: Raster,
  cell: SheetCell | null,
  scale: ImageScale,
): Promise<NativePicture | null> {
  if (cell !== null && (cell.left + cell.width > source.width || cell.top + cell.height > source.height)) return null;
  const part = cell === null ? source : cutCell(source, cell);
  const found = await findNativeSize(part, scale.method === 'declared' ? scale.factor : null);
  return 'kind' in found ? null : found;
}
