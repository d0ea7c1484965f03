import type { DatasetImage } from '../manifest/dataset-manifest.ts';
import { chooseHeldOut } from './assign-splits.ts';

/** The pictures with their groups and sides of the split; derived pictures go with what they are derived from. */
export function splitImages(
  images: readonly DatasetImage[],
  groups: ReadonlyMap<string, string>,
  heldOut: number,
): readonly DatasetImage[] {
  const groupOf = (image: DatasetImage): string =>
    groups.get(image.derivedFrom ?? image.id) ?? image.derivedFrom ?? image.id;
  const originals = images.filter(({ derivedFrom }) => derivedFrom === null);
  const kept = chooseHeldOut(
    originals.map((image) => ({ id: image.id, group: groupOf(image) })),
    heldOut,
  );
  return images.map((image) => ({
    ...image,
    group: groupOf(image),
    split: kept.has(image.derivedFrom ?? image.id) ? 'held-out' : 'train',
  }));
}
