import { pixelWords, type Raster } from '@dgx-pixels/pixel-art';

/**
 * How often each colour occurs at each distance from the border of a picture: ring and colour as one number → count.
 * Transparent pixels are left out. Flips and turns change nothing, since they keep every pixel on its ring.
 */
export type RingCounts = ReadonlyMap<number, number>;

/** Counts the visible pixels of a canonical picture by ring and colour. */
export function ringCounts(raster: Raster): RingCounts {
  const { width, height } = raster;
  const words = pixelWords(raster);
  const counts = new Map<number, number>();
  for (let y = 0, pixel = 0; y < height; y++) {
    for (let x = 0; x < width; x++, pixel++) {
      const word = words[pixel] ?? 0;
      if (word === 0) continue;
      const key = Math.min(x, y, width - 1 - x, height - 1 - y) * 2 ** 32 + word;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return counts;
}

/** The entries of a picture's counts, rarest in the whole collection first. */
export type RarestFirst = readonly (readonly [key: number, count: number])[];

/** Sorts counts by how often their keys occur in the collection. */
export function rarestFirst(counts: RingCounts, total: RingCounts): RarestFirst {
  return [...counts].sort(([one], [other]) => (total.get(one) ?? 0) - (total.get(other) ?? 0) || one - other);
}

/**
 * The rarest keys of a picture that together hold `reach` of its pixels.
 *
 * Two pictures with at least `equal` pixels in common share one of these keys if each was asked for
 * `reach = its visible pixels − equal + 1` or more (prefix filtering: Chaudhuri, Ganti & Kaushik, "A primitive operator for
 * similarity joins in data cleaning", ICDE 2006).
 */
export function rarestKeys(sorted: RarestFirst, reach: number): readonly number[] {
  const keys: number[] = [];
  let pixels = 0;
  for (const [key, count] of sorted) {
    if (pixels >= reach) break;
    keys.push(key);
    pixels += count;
  }
  return keys;
}

/** Whether more than `most` pixels of a picture have no equal in another, in any of the eight positions. */
export function lacksMoreThan(most: number, sorted: RarestFirst, other: RingCounts): boolean {
  let missing = 0;
  for (const [key, count] of sorted) {
    if (missing > most) break;
    missing += Math.max(0, count - (other.get(key) ?? 0));
  }
  return missing > most;
}
