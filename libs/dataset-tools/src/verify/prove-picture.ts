import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { sha256Hex } from '@dgx-pixels/evidence';
import { describePixelArt, type Raster } from '@dgx-pixels/pixel-art';
import type { Fault } from '../faults/fault.ts';
import { readSourceFile } from '../ingest/sources/read-source-file.ts';
import type { DatasetImage } from '../manifest/dataset-manifest.ts';
import { canonicalPixelsSha256 } from '../pixels/canonical-pixels.ts';
import { decodePng } from '../pixels/decode-png.ts';

/** Reads a picture. @returns null, and a fault, when it has not the pixels that its name says */
export async function readProven(
  folder: string,
  { id, name, fileSha256 }: DatasetImage,
  faults: Fault[],
): Promise<Raster | null> {
  const bytes = readSourceFile(join(folder, 'images', `${id}.png`));
  if ('kind' in bytes) {
    faults.push({ kind: 'image-file-missing', path: name, message: `images/${id}.png: ${bytes.message}` });
    return null;
  }
  const raster = await decodePng(bytes).catch(() => null);
  if (raster === null || canonicalPixelsSha256(raster) !== id) {
    const message = raster === null ? `images/${id}.png cannot be decoded` : `images/${id}.png shows another picture`;
    faults.push({ kind: 'image-pixels-changed', path: name, message });
    return null;
  }
  if (sha256Hex(bytes) !== fileSha256) {
    const message = `images/${id}.png has the same pixels in other bytes`;
    faults.push({ kind: 'image-file-changed', path: name, message });
  }
  return raster;
}

/** What the manifest measures and does not find again: one fault, with the first value that differs. */
export function checkFacts({ name, width, height, facts }: DatasetImage, raster: Raster, faults: Fault[]): void {
  const written = { width, height, ...facts };
  const { palette, ...found } = describePixelArt(raster);
  const measured: typeof written = { width: raster.width, height: raster.height, ...found, palette: [...palette] };
  const wrong = Object.entries(measured).filter(
    ([key, value]) => !isDeepStrictEqual(value, new Map<string, unknown>(Object.entries(written)).get(key)),
  );
  for (const [key, value] of wrong.slice(0, 1)) {
    faults.push({ kind: 'facts-wrong', path: name, message: `${key} is ${JSON.stringify(value).slice(0, 100)}` });
  }
}
