import { inSlices, type Raster } from '@dgx-pixels/pixel-art';
import { canonicalPixels } from '../pixels/canonical-pixels.ts';
import { JoinedGroups } from './joined-groups.ts';
import { joinNearPairs } from './near-pairs.ts';
import { type PictureKeys, pictureKeys } from './picture-keys.ts';

/** A picture to be compared with others. */
export interface ComparedPicture {
  /** Hash of its canonical pixels; unique among the pictures. */
  readonly id: string;
  readonly name: string;
  readonly raster: Raster;
}

/** Why two pictures belong together. */
export type DuplicateReason = 'turned' | 'nearly-equal' | 'palette-swap';

/** Two pictures that belong together. */
export interface DuplicateLink {
  /** Ids; `of` is the one whose name comes first. */
  readonly id: string;
  readonly of: string;
  readonly reason: DuplicateReason;
  /** Share of equal pixels under the best of the eight flips and turns; null for palette swaps. */
  readonly share: number | null;
}

/** Which pictures of a collection belong together. */
export interface Duplicates {
  /** As many as hold the groups together: one for each picture that is not the first of its group. */
  readonly links: readonly DuplicateLink[];
  /** Id → id of its group: that of the picture whose name comes first. */
  readonly groups: ReadonlyMap<string, string>;
}

/**
 * Finds pictures that are flips or turns of each other, palette swaps, or nearly equal (see `joinNearPairs`), and joins them
 * to groups: what is like one of two pictures that are like each other belongs to both. The result does not depend on the
 * order of the pictures.
 */
export async function findDuplicates(
  pictures: readonly ComparedPicture[],
  options: { readonly onProgress?: (done: number, total: number) => void; readonly signal?: AbortSignal } = {},
): Promise<Duplicates> {
  const sorted = pictures.toSorted((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
  const steps = 2 * sorted.length;
  const canonical: Raster[] = [];
  const keys: PictureKeys[] = [];
  await inSlices(sorted.length, 16_384, (from, to) => {
    options.signal?.throwIfAborted();
    for (const picture of sorted.slice(from, to)) {
      const raster = canonicalPixels(picture.raster);
      canonical.push(raster);
      keys.push(pictureKeys(raster));
    }
    options.onProgress?.(to, steps);
  });
  const groups = new JoinedGroups(sorted.length);
  const idAt = (place: number): string => sorted[place]?.id ?? '';
  const link = ([place, of]: readonly [number, number], reason: DuplicateReason, share: number | null) => {
    return { id: idAt(place), of: idAt(of), reason, share };
  };
  const turned = joinEqual(
    keys.map(({ visible }) => visible),
    groups,
  );
  const swapped = joinEqual(
    keys.map(({ shapes }) => shapes),
    groups,
  );
  const near = await joinNearPairs(canonical, groups, {
    ...options,
    onProgress: (done) => options.onProgress?.(sorted.length + done, steps),
  });
  const links = [
    ...turned.map((pair) => link(pair, 'turned', 1)),
    ...swapped.map((pair) => link(pair, 'palette-swap', null)),
    ...near.map(({ first, second, share }) => link([second, first], 'nearly-equal', share)),
  ];
  return { links, groups: new Map(sorted.map(({ id }, place) => [id, idAt(groups.firstOf(place))])) };
}

/** Joins places with equal keys. @returns for each join the place and the first one with its key */
function joinEqual(keys: readonly (string | null)[], groups: JoinedGroups): (readonly [number, number])[] {
  const first = new Map<string, number>();
  return keys.flatMap((key, place) => {
    if (key === null) return [];
    const found = first.get(key);
    if (found === undefined) first.set(key, place);
    return found !== undefined && groups.join(place, found) ? [[place, found] as const] : [];
  });
}
