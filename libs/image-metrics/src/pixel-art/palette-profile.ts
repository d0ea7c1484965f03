import { countColours, pointOf, type SpritePixels } from './sprite-pixels.ts';

/** The colours of a picture along one axis of OKLab. */
interface AxisProfile {
  /** float64, ascending. */
  readonly places: Float64Array;
  /** Share of the visible pixels at each place; they sum to 1. */
  readonly shares: Float64Array;
}

/** The colours of a picture along each of the thirteen axes; empty when nothing is visible. */
export type PaletteProfile = readonly AxisProfile[];

/** Unit vectors through the faces, edges and corners of a cube, one for each pair of opposite ones. */
const axes: readonly (readonly [number, number, number])[] = (() => {
  const steps = [-1, 0, 1];
  const all = steps.flatMap((x) => steps.flatMap((y) => steps.map((z) => [x, y, z] as const)));
  return all
    .filter(([x, y, z]) => 9 * x + 3 * y + z > 0)
    .map(([x, y, z]) => {
      const length = Math.hypot(x, y, z);
      return [x / length, y / length, z / length] as const;
    });
})();

/** Projects the visible colours of a picture. */
export function profileOf(sprite: SpritePixels): PaletteProfile {
  const counts = countColours(sprite);
  if (counts.size === 0) return [];
  let visible = 0;
  for (const count of counts.values()) visible += count;
  const colours = [...counts].map(([colour, count]) => ({ point: pointOf(colour), share: count / visible }));
  return axes.map(([x, y, z]) => {
    const along = colours.map(({ point: [l, a, b], share }) => ({ place: x * l + y * a + z * b, share }));
    along.sort((one, other) => one.place - other.place);
    return {
      places: Float64Array.from(along, ({ place }) => place),
      shares: Float64Array.from(along, ({ share }) => share),
    };
  });
}

/** Twice the mean earth mover's distance along the axes; null when either picture has no visible pixel. */
export function profileDistance(one: PaletteProfile, other: PaletteProfile): number | null {
  if (one.length === 0 || other.length === 0) return null;
  let sum = 0;
  for (const [index, axis] of one.entries()) {
    const second = other[index];
    if (second !== undefined) sum += moveAlong(axis, second);
  }
  return (2 * sum) / axes.length;
}

/** Area between the two cumulative distributions, which is the Wasserstein-1 distance on a line. */
function moveAlong(one: AxisProfile, other: AxisProfile): number {
  let [first, second, difference, last, area] = [0, 0, 0, 0, 0];
  while (first < one.places.length || second < other.places.length) {
    const here = one.places[first] ?? Infinity;
    const there = other.places[second] ?? Infinity;
    const place = Math.min(here, there);
    if (difference !== 0) area += Math.abs(difference) * (place - last);
    difference += here <= there ? (one.shares[first++] ?? 0) : -(other.shares[second++] ?? 0);
    last = place;
  }
  return area;
}
