import type { Raster } from '@dgx-pixels/pixel-art';
import { ImageMetricError } from '../errors.ts';
import {
  type Calibration,
  calibratePrepared,
  fewestPictures,
  progressOf,
  samplePictures,
  type SetMeasureName,
  type SetOptions,
  stepsToCalibrate,
  type WithinDistances,
} from './calibrate.ts';
import { distanceTable, medianDistance, overallDistances } from './distance-table.ts';
import { findMemorised, type Memorisation } from './find-memorised.ts';
import { type MeanInterval, pairedBootstrap } from './paired-bootstrap.ts';
import { cutsOut, preparePictures } from './prepare-pictures.ts';
import { quantile } from './quantile.ts';
import { styleDistanceNames, styleDistances } from './style-measures.ts';

/** What is compared, at native size. */
export interface EvaluatedSets {
  /** At least 4. */
  readonly train: readonly Raster[];
  /** At least 1. */
  readonly generated: readonly Raster[];
  /** Of the base model: the picture at each place from the same prompt and seed as the generated one there. */
  readonly base: readonly Raster[];
}

/** One measure of style over whole sets; distances are medians over the training pictures. */
export interface SetMeasure {
  readonly measure: SetMeasureName;
  readonly within: WithinDistances;
  /** Median over the pictures. */
  readonly generated: number;
  readonly base: number;
  /** Distance of a generated picture less that of its base picture, over the pairs; below 0 is closer to the set. */
  readonly difference: MeanInterval;
  /** `closer` when the whole interval lies below 0, `farther` when above; `undecided` from fewer than six pairs. */
  readonly verdict: 'closer' | 'farther' | 'undecided';
  /** Whether the median generated picture lies no farther than nine in ten training pictures do. */
  readonly withinSet: boolean;
}

/** What evaluating a set found. */
export interface SetEvaluation {
  readonly metric: 'set-style';
  readonly variant: string;
  /** Pictures are measured at their native size. */
  readonly resize: 'none';
  readonly calibration: Calibration;
  /** All measures together: decides `passes`. */
  readonly style: SetMeasure;
  readonly measures: readonly SetMeasure[];
  /** Whether `style` lies within the set and is closer to it than the base model's. */
  readonly passes: boolean;
  readonly memorisation: Memorisation;
}

/**
 * Says whether generated pictures have the style of a training set, and more so than those of the base model, without any
 * network: by palette, number of colours, density and hardness of edges, dithering, outline and fill (`styleDistances`).
 * How far training pictures lie from each other, half against half, is the scale (`calibrate`). What a picture shows does
 * not enter, nor how wide its canvas is. A training set of many styles cannot be told from others: its own distances are as
 * large.
 *
 * @throws ImageMetricError for too few pictures, or when `base` and `generated` are not paired; the reason of the signal when
 *   it is aborted
 */
export async function evaluateSet(sets: EvaluatedSets, options: SetOptions = {}): Promise<SetEvaluation> {
  checkSets(sets);
  const { seed = 1 } = options;
  const reference = samplePictures(sets.train, seed);
  const { generated, base } = sets;
  const steps = stepsToCalibrate(reference.length) + (sets.train.length - reference.length) + 5 * generated.length;
  const step = progressOf(steps, options);
  const cutOut = cutsOut(sets.train);
  const train = await preparePictures(reference, cutOut, step);
  const ofGenerated = await preparePictures(generated, cutOut, step);
  const ofBase = await preparePictures(base, cutOut, step);
  const calibration = await calibratePrepared(train, cutOut, seed, step);
  const styles = train.map(({ style }) => style);
  const near = await distanceTable(
    ofGenerated.map(({ style }) => style),
    styles,
    step,
  );
  const far = await distanceTable(
    ofBase.map(({ style }) => style),
    styles,
    step,
  );
  const { scales } = calibration;
  const measures = styleDistanceNames.map((measure) =>
    compare(measure, near.of[measure], far.of[measure], calibration, styleDistances[measure].resolution),
  );
  const style = compare('style', overallDistances(near, scales), overallDistances(far, scales), calibration, 0);
  const rest = sets.train.filter((raster) => !reference.includes(raster));
  const known = [...train, ...(await preparePictures(rest, cutOut, step))];
  return {
    metric: 'set-style',
    variant: 'mean of seven distances in units of the training set, median over its pictures; paired bootstrap, 95 %',
    resize: 'none',
    calibration,
    style,
    measures,
    passes: style.withinSet && style.verdict === 'closer',
    memorisation: await findMemorised(ofGenerated, known, calibration, step),
  };
}

function checkSets({ train, generated, base }: EvaluatedSets): void {
  if (train.length >= fewestPictures && generated.length > 0 && generated.length === base.length) return;
  throw new ImageMetricError(
    'IMAGE_METRIC_REQUEST_INVALID',
    `${train.length} training, ${generated.length} generated and ${base.length} base pictures cannot be compared`,
  );
}

function compare(
  measure: SetMeasureName,
  near: Float64Array,
  far: Float64Array,
  { within, pictures, seed }: Calibration,
  resolution: number,
): SetMeasure {
  const generated = medians(near, pictures);
  const base = medians(far, pictures);
  const difference = pairedBootstrap(
    generated.map((value, index) => value - (base[index] ?? 0)),
    seed,
  );
  return {
    measure,
    within: within[measure],
    generated: quantile(generated, 0.5),
    base: quantile(base, 0.5),
    difference,
    verdict: verdictOf(difference),
    withinSet: quantile(generated, 0.5) <= within[measure].p90 + resolution,
  };
}

function medians(distances: Float64Array, columns: number): number[] {
  return Array.from({ length: distances.length / columns }, (_none, row) => medianDistance(distances, row, columns));
}

/** Six pairs that all point one way have a probability of 2 · 0.5⁶ ≈ 0.03 by chance (sign test); fewer prove nothing. */
const fewestPairs = 6;

function verdictOf({ low, high, n }: MeanInterval): SetMeasure['verdict'] {
  if (n < fewestPairs || (low <= 0 && high >= 0)) return 'undecided';
  return high < 0 ? 'closer' : 'farther';
}
