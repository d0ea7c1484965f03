import { isDeepStrictEqual } from 'node:util';
import type { DatasetImage, DatasetManifest } from '../manifest/dataset-manifest.ts';

/** A picture that is in both datasets and not the same. */
interface ChangedPicture {
  readonly name: string;
  /** What differs, such as `pixels`, `caption`, `licence`, `split`. */
  readonly parts: readonly string[];
}

/** The same pixels under another name. */
interface RenamedPicture {
  readonly from: string;
  readonly to: string;
  /** What differs besides. */
  readonly parts: readonly string[];
}

/** What differs between two datasets; pictures by name, in the order of the manifests. */
export interface DatasetDifference {
  /** Fields of the manifest, such as `trigger` or `palette`. */
  readonly fields: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly ChangedPicture[];
  readonly renamed: readonly RenamedPicture[];
}

const fields = ['name', 'title', 'description', 'trigger', 'palette', 'heldOut'] as const;
const parts = [
  'caption',
  'licence',
  'split',
  'group',
  'labels',
  'source',
  'scale',
  'derivedFrom',
  'transforms',
] as const;

/** Compares two manifests picture by picture: by name, and by pixels where a name is in one of them alone. */
export function diffDatasets(before: DatasetManifest, after: DatasetManifest): DatasetDifference {
  const old = new Map(before.images.map((image) => [image.name, image]));
  const now = new Map(after.images.map((image) => [image.name, image]));
  const gone = before.images.filter(({ name }) => !now.has(name));
  const goneById = new Map(gone.map((image) => [image.id, image]));
  const fresh = after.images.filter(({ name }) => !old.has(name));
  const renamed = fresh.flatMap((image) => {
    const from = goneById.get(image.id);
    return from === undefined ? [] : [{ from: from.name, to: image.name, parts: differentParts(from, image) }];
  });
  const renamedNames = new Set(renamed.flatMap(({ from, to }) => [from, to]));
  const namesOf = (images: readonly DatasetImage[]): readonly string[] =>
    images.map(({ name }) => name).filter((name) => !renamedNames.has(name));
  const changed = after.images.flatMap((image) => {
    const from = old.get(image.name);
    const different = from === undefined ? [] : differentParts(from, image);
    return different.length === 0 ? [] : [{ name: image.name, parts: different }];
  });
  return {
    fields: fields.filter((field) => !isDeepStrictEqual(before[field], after[field])),
    added: namesOf(fresh),
    removed: namesOf(gone),
    changed,
    renamed,
  };
}

function differentParts(before: DatasetImage, after: DatasetImage): readonly string[] {
  const different = parts.filter((part) => !isDeepStrictEqual(before[part], after[part]));
  if (before.id === after.id) return different;
  // A picture on its own is its own group: other pixels, another group.
  const isAlone = before.group === before.id && after.group === after.id;
  return ['pixels', ...different.filter((part) => part !== 'group' || !isAlone)];
}
