import { type ComparedPicture, type DuplicateReason, findDuplicates } from '../duplicates/find-duplicates.ts';
import type { Fault } from '../faults/fault.ts';
import type { DatasetImage } from '../manifest/dataset-manifest.ts';

const likeness: Readonly<Record<DuplicateReason, string>> = {
  turned: 'it is a flip or turn of',
  'palette-swap': 'it is in other colours',
  'nearly-equal': 'it is nearly equal to',
};

/**
 * Pictures that belong together and lie on both sides of the split, whatever groups the manifest names: pictures that are
 * compared anew, and derived ones with what they are derived from.
 *
 * @param rasters of the pictures, by id; pictures without one are not compared
 */
export async function findLeaks(
  images: readonly DatasetImage[],
  rasters: ReadonlyMap<string, ComparedPicture['raster']>,
  options: { readonly onProgress?: (done: number, total: number) => void; readonly signal?: AbortSignal } = {},
): Promise<readonly Fault[]> {
  const byId = new Map(images.map((image) => [image.id, image]));
  const compared = images.flatMap(({ id, name }) => {
    const raster = rasters.get(id);
    return raster === undefined ? [] : [{ id, name, raster }];
  });
  const { links } = await findDuplicates(compared, options);
  const related = [
    ...images.flatMap(({ id, derivedFrom }) =>
      derivedFrom === null ? [] : [{ id, of: derivedFrom, how: 'it is derived from' }],
    ),
    ...links.map(({ id, of, reason }) => ({ id, of, how: likeness[reason] })),
  ];
  const found = new Map<string, Fault>();
  for (const { id, of, how } of related) {
    const [one, other] = [byId.get(id), byId.get(of)];
    if (one === undefined || other === undefined || one.split === other.split || found.has(id)) continue;
    const message = `${one.split}, while ${how} ${other.name} (${other.split})`;
    found.set(id, { kind: 'split-leak', path: one.name, message });
  }
  return [...found.values()];
}
