import type { DatasetImage } from '../manifest/dataset-manifest.ts';
import type { ImageLicence } from '../manifest/licence.ts';

/** Pictures under the same terms, by the same people, from the same place. */
export interface LicenceGroup {
  readonly licence: ImageLicence;
  readonly origin: string;
  /** Names, sorted. */
  readonly names: readonly string[];
}

/** The pictures by licence, author, page, notice and origin; groups and names in a fixed order. */
export function groupByLicence(images: readonly DatasetImage[]): readonly LicenceGroup[] {
  const groups = new Map<string, { licence: ImageLicence; origin: string; names: string[] }>();
  for (const { licence, source, name } of images) {
    const { spdx, author, url, notice } = licence;
    const key = JSON.stringify([spdx, author, url, source.origin, notice]);
    const group = groups.get(key) ?? { licence, origin: source.origin, names: [] };
    groups.set(key, group);
    group.names.push(name);
  }
  return [...groups]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, group]) => ({ ...group, names: group.names.toSorted() }));
}

/** How many pictures there are under each licence, `unknown` for those without one. */
export function countLicences(
  images: readonly DatasetImage[],
): readonly { readonly spdx: string; readonly pictures: number }[] {
  const counts = new Map<string, number>();
  for (const { licence } of images)
    counts.set(licence.spdx ?? 'unknown', (counts.get(licence.spdx ?? 'unknown') ?? 0) + 1);
  return [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([spdx, pictures]) => ({ spdx, pictures }));
}
