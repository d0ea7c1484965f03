import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DatasetCheckPayload, sha256Hex } from '@dgx-pixels/evidence';
import { findDuplicates } from '../duplicates/find-duplicates.ts';
import { pictureKeys } from '../duplicates/picture-keys.ts';
import { isRefusal } from '../faults/fault.ts';
import { countLicences } from '../licence/licence-summary.ts';
import { checkLicences } from '../licence/check-licences.ts';
import { readManifest } from '../manifest/read-manifest.ts';
import { readImage } from '../pixels/read-image.ts';
import { validateDataset } from '../validate/validate-dataset.ts';
import { verifyDataset } from '../verify/verify-dataset.ts';

type CheckedDataset = DatasetCheckPayload['datasets'][number];

/**
 * Measures one dataset anew from its files: nothing that its manifest says is taken over unproven.
 *
 * @param folder of the dataset
 * @param path of it in the workspace
 * @param modelSprites hashes as `pictureKeys(…).visible`, of the sprites that the base model was trained on
 */
export async function describeDataset(
  folder: string,
  path: string,
  modelSprites: ReadonlySet<string>,
): Promise<CheckedDataset> {
  const manifest = await readManifest(folder);
  const verified = await verifyDataset(folder);
  const valid = await validateDataset(folder);
  const faults = [...verified.faults, ...valid.faults];
  const refusedNames = new Set(checkLicences(manifest.images).map((fault) => fault.path));
  const pictures = [];
  for (const { id, name } of manifest.images) pictures.push({ id, name, raster: await readImage(folder, id) });
  const { links } = await findDuplicates(pictures);
  const splits = new Map(manifest.images.map(({ id, split }) => [id, split]));
  return {
    name: manifest.name,
    path,
    manifestSha256: sha256Hex(await readFile(join(folder, 'dataset.json'))),
    pictures: valid.pictures,
    derived: valid.derived,
    heldOut: valid.heldOut,
    paletteColours: manifest.palette?.length ?? null,
    licences: [...countLicences(manifest.images.filter(({ name }) => !refusedNames.has(name)))],
    captioned: manifest.images.filter(({ caption }) => caption !== null).length,
    pairsAcrossSplit: links.filter(({ id, of }) => splits.get(id) !== splits.get(of)).length,
    sharedWithModel: pictures.filter(({ raster }) => modelSprites.has(pictureKeys(raster).visible)).length,
    faults: faults.slice(0, 1000).map(({ kind, path: place, message }) => ({ kind, path: place, message })),
    refused: faults.filter(isRefusal).length,
  };
}
