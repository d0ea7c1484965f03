import { inSlices, type Raster } from '@dgx-pixels/pixel-art';
import { ImageMetricError } from '../errors.ts';
import { alignedDifference } from './aligned-difference.ts';
import {
  byMeasure,
  type DistanceTable,
  distanceTable,
  medianDistance,
  overallDistances,
  type StyleScales,
} from './distance-table.ts';
import { eightPositions } from './eight-positions.ts';
import { cutsOut, type PreparedPicture, preparePictures } from './prepare-pictures.ts';
import { quantile } from './quantile.ts';
import { seededNumbers, shuffledPlaces } from './seeded-numbers.ts';
import { type Shape, shapeOf } from './shape.ts';
import { type StyleDistanceName, styleDistances } from './style-measures.ts';

/** Settings of {@link calibrate} and `evaluateSet`. */
export interface SetOptions {
  /** Decides halves, samples and resampling; whole, from 0. @default 1 */
  readonly seed?: number;
  /** Counts pictures measured and compared. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** A measure of style, or `style`: the mean of all of them in units of their median within the training pictures. */
export type SetMeasureName = StyleDistanceName | 'style';

/** How far a training picture lies from training pictures of the other half, over all pictures and splits. */
export interface WithinDistances {
  readonly median: number;
  readonly p90: number;
}

/** How far the pictures of a training set lie from each other: the scale that generated pictures are judged by. */
export interface Calibration {
  readonly pictures: number;
  /** Times that the set was split in halves by chance. */
  readonly splits: number;
  readonly seed: number;
  /** `cut out`: opaque pictures lose their plain background first, since most training pictures have none. */
  readonly background: 'cut out' | 'as given';
  readonly within: Readonly<Record<SetMeasureName, WithinDistances>>;
  /** One unit of each measure in `style`. */
  readonly scales: StyleScales;
  readonly nearest: {
    /** 0.1th percentile of how much two training pictures differ (`alignedDifference`); what lies nearer is a copy. */
    readonly difference: number;
    /** How many pairs that is from. */
    readonly pairs: number;
  };
}

/** Pictures that a set needs for two halves to mean anything. */
export const fewestPictures = 4;
/** Larger training sets are represented by so many, chosen by the seed: bounds tables and time. */
const mostPictures = 512;
const splits = 8;
const mostPairs = 10_000;

/**
 * Measures a training set against itself: it is split in halves by chance eight times, and each picture's median distance to
 * the other half is taken, by every measure. Of more than 512 pictures a sample stands for the set.
 *
 * @param train pictures at native size, at least 4
 * @throws ImageMetricError for fewer; the reason of the signal when it is aborted
 */
export async function calibrate(train: readonly Raster[], options: SetOptions = {}): Promise<Calibration> {
  if (train.length < fewestPictures) {
    throw new ImageMetricError(
      'IMAGE_METRIC_REQUEST_INVALID',
      `${train.length} training pictures are too few: halves begin at ${fewestPictures}`,
    );
  }
  const { seed = 1 } = options;
  const reference = samplePictures(train, seed);
  const step = progressOf(stepsToCalibrate(reference.length), options);
  const cutOut = cutsOut(train);
  return calibratePrepared(await preparePictures(reference, cutOut, step), cutOut, seed, step);
}

/** How often a calibration of so many pictures calls `step`. */
export function stepsToCalibrate(pictures: number): number {
  return 2 * pictures + Math.min(mostPairs, (pictures * (pictures - 1)) / 2);
}

/** A function to call after each step: it reports progress and stops when the signal says so. */
export function progressOf(total: number, { onProgress, signal }: SetOptions): () => void {
  let done = 0;
  return () => {
    signal?.throwIfAborted();
    onProgress?.(++done, total);
  };
}

/** The pictures that stand for a set. */
export function samplePictures(train: readonly Raster[], seed: number): readonly Raster[] {
  if (train.length <= mostPictures) return train;
  return [...shuffledPlaces(train.length, seed).subarray(0, mostPictures)]
    .sort((a, b) => a - b)
    .flatMap((place) => {
      const raster = train[place];
      return raster === undefined ? [] : [raster];
    });
}

/** {@link calibrate} of measured pictures. */
export async function calibratePrepared(
  train: readonly PreparedPicture[],
  cutOut: boolean,
  seed: number,
  step: () => void,
): Promise<Calibration> {
  const styles = train.map(({ style }) => style);
  const table = await distanceTable(styles, styles, step);
  const single = byMeasure((name) => withinDistances(table.of[name], table, seed));
  const scales = byMeasure((name) => Math.max(styleDistances[name].resolution, single[name].median));
  return {
    pictures: train.length,
    splits,
    seed,
    background: cutOut ? 'cut out' : 'as given',
    within: { ...single, style: withinDistances(overallDistances(table, scales), table, seed) },
    scales,
    nearest: await nearestPairs(train, seed, step),
  };
}

function withinDistances(distances: Float64Array, { columns }: DistanceTable, seed: number): WithinDistances {
  const medians: number[] = [];
  for (let split = 0; split < splits; split++) {
    const places = shuffledPlaces(columns, seed + split);
    const [one, other] = [places.subarray(0, columns >> 1), places.subarray(columns >> 1)];
    for (const row of one) medians.push(medianDistance(distances, row, columns, other));
    for (const row of other) medians.push(medianDistance(distances, row, columns, one));
  }
  return { median: quantile(medians, 0.5), p90: quantile(medians, 0.9) };
}

/** How much pairs of training pictures differ: all pairs, or as many as are affordable. */
async function nearestPairs(
  train: readonly PreparedPicture[],
  seed: number,
  step: () => void,
): Promise<Calibration['nearest']> {
  const shapes = train.map(({ sprite }) => shapeOf(sprite));
  const pairs = pairsOf(train.length, seed);
  const differences: number[] = [];
  let [turning, positions]: [number, readonly Shape[]] = [-1, []];
  await inSlices(pairs.length, 2048, (from, to) => {
    for (const [one, other] of pairs.slice(from, to)) {
      const [sprite, shape] = [train[one]?.sprite, shapes[other]];
      if (sprite === undefined || shape === undefined) continue;
      if (one !== turning) [turning, positions] = [one, eightPositions(sprite).map(shapeOf)];
      differences.push(alignedDifference(positions, shape).difference);
      step();
    }
  });
  return { difference: quantile(differences, 0.001), pairs: pairs.length };
}

/** Places of two pictures each, sorted. */
function pairsOf(pictures: number, seed: number): readonly (readonly [number, number])[] {
  const total = (pictures * (pictures - 1)) / 2;
  const next = seededNumbers(seed);
  const chosen = Float64Array.from({ length: Math.min(total, mostPairs) }, (_none, index) =>
    total <= mostPairs ? index : Math.floor(next() * total),
  ).sort();
  return Array.from(chosen, (index) => {
    const one = Math.floor((1 + Math.sqrt(1 + 8 * index)) / 2);
    return [one, index - (one * (one - 1)) / 2] as const;
  });
}
