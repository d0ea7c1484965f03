import { inSlices, pixelWords, type Raster } from '@dgx-pixels/pixel-art';
import { allMoved } from './eight-moves.ts';
import type { JoinedGroups } from './joined-groups.ts';
import { lacksMoreThan, rarestFirst, rarestKeys, type RingCounts, ringCounts } from './ring-counts.ts';

/** Two pictures that are nearly equal, by their places in the list. */
export interface NearPair {
  /** The smaller place. */
  readonly first: number;
  readonly second: number;
  /** Share of equal pixels in the best of the eight positions, [0.9, 1]. */
  readonly share: number;
}

/** Share of equal pixels from which on two pictures count as nearly equal. */
const nearShare = 0.9;
/**
 * Share of equal pixels from which on, among those visible in one or the other. Without it small things on wide
 * transparency would all be nearly equal, boots and feathers.
 */
const visibleShare = 0.5;

interface Candidate {
  readonly place: number;
  readonly raster: Raster;
  readonly counts: RingCounts;
  readonly visible: number;
}

/**
 * Joins all pictures of equal size that are nearly equal under the eight flips and turns: at least 90 % of the pixels, and
 * half of those that are visible in one or the other. Empty pictures are like none.
 *
 * Comparing every pair would take hours for thousands of pictures. Exact bounds leave few of them and lose none: nearly
 * equal pictures share a rare colour at some distance from the border (`rarestKeys`), neither has many colours there that
 * the other lacks (`lacksMoreThan`), and a comparison ends as soon as too many pixels differ. Pairs that are in one group already are not
 * compared again, so there are fewer results than pictures.
 *
 * @param pictures canonical rasters (`canonicalPixels`)
 * @param groups by place; what is found is joined in it
 * @returns one pair for each time two groups became one, in the order of their places
 */
export async function joinNearPairs(
  pictures: readonly Raster[],
  groups: JoinedGroups,
  options: { readonly onProgress?: (done: number) => void; readonly signal?: AbortSignal } = {},
): Promise<readonly NearPair[]> {
  const pairs: NearPair[] = [];
  let done = 0;
  for (const places of bySize(pictures)) {
    const candidates: Candidate[] = [];
    const total = new Map<number, number>();
    await inSlices(places.length, 16_384, (from, to) => {
      options.signal?.throwIfAborted();
      for (const place of places.slice(from, to)) {
        const raster = pictures[place];
        if (raster === undefined) continue;
        const candidate = candidateOf(place, raster);
        candidates.push(candidate);
        for (const [key, count] of candidate.counts) total.set(key, (total.get(key) ?? 0) + count);
      }
    });
    const holders = new Map<number, Candidate[]>();
    await inSlices(candidates.length, 16_384, (from, to) => {
      options.signal?.throwIfAborted();
      for (const picture of candidates.slice(from, to)) {
        pairs.push(...joinWithEarlier(picture, total, holders, groups));
        options.onProgress?.(++done);
      }
    });
  }
  return pairs.sort((one, other) => one.first - other.first || one.second - other.second);
}

/** Places of pictures that have the same sides, whichever way up. */
function bySize(pictures: readonly Raster[]): Iterable<readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const [place, { width, height }] of pictures.entries()) {
    const size = `${Math.min(width, height)}x${Math.max(width, height)}`;
    const group = groups.get(size);
    if (group === undefined) groups.set(size, [place]);
    else group.push(place);
  }
  return groups.values();
}

function candidateOf(place: number, raster: Raster): Candidate {
  const counts = ringCounts(raster);
  let visible = 0;
  for (const count of counts.values()) visible += count;
  return { place, raster, counts, visible };
}

/** Most pixels that two nearly equal pictures of this size may have different. */
function mayDiffer({ width, height }: Raster): number {
  return Math.floor(width * height * (1 - nearShare) + 1e-9);
}

/** Most visible pixels of a picture that a nearly equal one may lack: bounds of both shares at once. */
function mayLack({ raster, visible }: Candidate): number {
  return Math.min(mayDiffer(raster), Math.floor(visible * (1 - visibleShare)));
}

function joinWithEarlier(
  picture: Candidate,
  total: RingCounts,
  holders: Map<number, Candidate[]>,
  groups: JoinedGroups,
): NearPair[] {
  const pairs: NearPair[] = [];
  const sorted = rarestFirst(picture.counts, total);
  const rare = rarestKeys(sorted, mayLack(picture) + 1);
  const earlier = new Set(rare.flatMap((key) => holders.get(key) ?? []));
  let positions: readonly Raster[] | null = null;
  for (const other of earlier) {
    if (groups.firstOf(picture.place) === groups.firstOf(other.place)) continue;
    // What the other may lack bounds what they have in common, and so what this one may lack.
    const most = Math.min(mayLack(picture), picture.visible - other.visible + mayLack(other));
    if (lacksMoreThan(most, sorted, other.counts)) continue;
    positions ??= allMoved(picture.raster);
    const share = Math.max(...positions.map((position) => nearShareOf(position, other.raster)));
    if (share === 0) continue;
    groups.join(picture.place, other.place);
    const [first, second] = [Math.min(picture.place, other.place), Math.max(picture.place, other.place)];
    pairs.push({ first, second, share });
  }
  for (const key of rare) {
    const held = holders.get(key);
    if (held === undefined) holders.set(key, [picture]);
    else held.push(picture);
  }
  return pairs;
}

/** Share of equal pixels of two pictures as they lie; 0 when they are not nearly equal. */
function nearShareOf(one: Raster, other: Raster): number {
  if (one.width !== other.width) return 0;
  const [words, others] = [pixelWords(one), pixelWords(other)];
  const limit = mayDiffer(one);
  let [differing, visible] = [0, 0];
  for (let pixel = 0; pixel < words.length; pixel++) {
    const word = words[pixel];
    if (word !== others[pixel]) {
      visible++;
      if (++differing > limit) return 0;
    } else if (word !== 0) visible++;
  }
  return differing <= visible * (1 - visibleShare) ? 1 - differing / words.length : 0;
}
