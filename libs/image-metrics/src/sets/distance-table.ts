import { inSlices } from '@dgx-pixels/pixel-art';
import { quantile } from './quantile.ts';
import { type StyleDistanceName, type StyleMeasures, styleDistances, styleDistanceNames } from './style-measures.ts';

/** Distances from each picture of one list to each of another. */
export interface DistanceTable {
  readonly rows: number;
  readonly columns: number;
  /** By measure: float64, shape `[rows, columns]`. */
  readonly of: Readonly<Record<StyleDistanceName, Float64Array>>;
}

/** What one unit of each measure is: its median distance within the training pictures. */
export type StyleScales = Readonly<Record<StyleDistanceName, number>>;

/** Compares each picture of one list with each of another, letting the event loop turn. */
export async function distanceTable(
  from: readonly StyleMeasures[],
  to: readonly StyleMeasures[],
  onPicture: () => void,
): Promise<DistanceTable> {
  const of = byMeasure(() => new Float64Array(from.length * to.length));
  await inSlices(from.length, to.length * 64, (first, end) => {
    for (let row = first; row < end; row++) {
      const one = from[row];
      for (const [column, other] of to.entries()) {
        if (one === undefined) continue;
        for (const name of styleDistanceNames) of[name][row * to.length + column] = styleDistances[name].of(one, other);
      }
      onPicture();
    }
  });
  return { rows: from.length, columns: to.length, of };
}

/** A value for each measure. */
export function byMeasure<T>(valueOf: (name: StyleDistanceName) => T): Record<StyleDistanceName, T> {
  return {
    palette: valueOf('palette'),
    colours: valueOf('colours'),
    edges: valueOf('edges'),
    hardness: valueOf('hardness'),
    dithering: valueOf('dithering'),
    outline: valueOf('outline'),
    fill: valueOf('fill'),
  };
}

/** The mean of all measures, each in its own unit: float64, shape `[rows, columns]`. */
export function overallDistances({ of, rows, columns }: DistanceTable, scales: StyleScales): Float64Array {
  return Float64Array.from({ length: rows * columns }, (_none, at) => {
    const sum = styleDistanceNames.reduce((total, name) => total + (of[name][at] ?? 0) / scales[name], 0);
    return sum / styleDistanceNames.length;
  });
}

/** The median distance from one picture to others. */
export function medianDistance(
  distances: Float64Array,
  row: number,
  columns: number,
  among?: Iterable<number>,
): number {
  const line = distances.subarray(row * columns, (row + 1) * columns);
  return quantile(among === undefined ? line : Array.from(among, (column) => line[column] ?? 0), 0.5);
}
