import { join } from 'node:path';
import { sha256Hex } from '@dgx-pixels/evidence';
import { describePixelArt, type Raster } from '@dgx-pixels/pixel-art';
import { canonicalPixels, sha256OfPixels } from '../../pixels/canonical-pixels.ts';
import { packPng } from '../../pixels/png/pack-png.ts';
import { decodePicture } from '../inspect/decode-picture.ts';
import { inspectFile, judgeEnding } from '../inspect/inspect-file.ts';
import type { RefusedFile } from '../inspect/inspection.ts';
import { storeContent } from '../keep/store-content.ts';
import { cutCell, findCells } from '../sheets/cut-sheet.ts';
import type { PlacedCell, SheetLayout } from '../sheets/sheet-layout.ts';
import { findNativeSize } from './find-native-size.ts';
import type { PreparedFile, PreparedPicture } from './prepared-file.ts';

/** What is done with every file of a source. */
export interface PrepareRules {
  /** The dataset; its folders images and sources exist. */
  readonly folder: string;
  /** Source pixels per native pixel, where the user knows; null: find out. */
  readonly scale: number | null;
  readonly layout: SheetLayout | null;
}

type Finding = PreparedFile['faults'][number];

/**
 * Takes in one file: decodes it, cuts it if it is a sheet, brings each picture to its native size, measures it, and stores
 * pictures and the file itself under their hashes.
 *
 * @param path by which the user knows the file
 * @param atlas text of the JSON beside it; null when there is none
 * @throws the file system's own error when the dataset cannot be written
 */
export async function prepareFile(
  path: string,
  bytes: Buffer,
  atlas: string | null,
  rules: PrepareRules,
): Promise<PreparedFile> {
  const sha256 = sha256Hex(bytes);
  const inspected = inspectFile(path, bytes);
  if ('kind' in inspected) return refused(sha256, inspected);
  const raster = await decodePicture(bytes, inspected);
  if ('kind' in raster) return refused(sha256, raster);
  const ending = judgeEnding(path, inspected);
  const faults: Finding[] = ending === null ? [] : [{ ...ending, place: null }];
  const cells = rules.layout === null ? [null] : findCells(raster, rules.layout, atlas);
  if ('kind' in cells) return refused(sha256, cells);
  const pictures: PreparedPicture[] = [];
  for (const place of cells) {
    const { picture, findings } = await preparePicture(raster, place, rules);
    faults.push(...findings.map((finding) => ({ ...finding, place: place?.name ?? null })));
    if (picture !== null) pictures.push(picture);
  }
  if (pictures.length > 0) storeContent(join(rules.folder, 'sources', sha256), bytes);
  return { sha256, pictures, faults };
}

function refused(sha256: string, { kind, message }: RefusedFile): PreparedFile {
  return { sha256, pictures: [], faults: [{ kind, message, place: null }] };
}

async function preparePicture(
  raster: Raster,
  place: PlacedCell | null,
  { folder, scale }: PrepareRules,
): Promise<{ picture: PreparedPicture | null; findings: readonly RefusedFile[] }> {
  const part = place === null ? raster : cutCell(raster, place.cell);
  const found = await findNativeSize(part, scale);
  if ('kind' in found) return { picture: null, findings: [found] };
  const native = canonicalPixels(found.native);
  const file = packPng(native);
  const id = sha256OfPixels(native);
  storeContent(join(folder, 'images', `${id}.png`), file);
  const { palette, ...facts } = describePixelArt(native);
  const picture = {
    id,
    width: native.width,
    height: native.height,
    fileSha256: sha256Hex(file),
    scale: found.scale,
    facts: { ...facts, palette: [...palette] },
    place: place && { ...place, labels: [...place.labels] },
  };
  return { picture, findings: [] };
}
