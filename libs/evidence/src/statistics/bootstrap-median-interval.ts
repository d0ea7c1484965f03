import { EvidenceError } from '../errors.ts';
import { quantileOfSorted, sortedSamples } from './quantile.ts';
import { createRandomSource } from './random-source.ts';

/** Options of {@link bootstrapMedianInterval}. */
export interface BootstrapOptions {
  /** Resamples to draw. @default 10_000 */
  readonly resamples?: number;
  /** Share of the resampled medians that lie inside the interval, above 0 and below 1. @default 0.95 */
  readonly confidence?: number;
  /** Seed of the resampling: equal seeds give equal intervals. @default 0x5eed */
  readonly seed?: number;
}

/**
 * Percentile bootstrap interval of the median (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, §13).
 *
 * @param values - finite numbers, at least one; the interval of one value is that value twice
 * @returns lower and upper bound, in the unit of the values
 * @throws EvidenceError EVIDENCE_NO_SAMPLES
 */
export function bootstrapMedianInterval(values: readonly number[], options: BootstrapOptions = {}): [number, number] {
  const { resamples = 10_000, confidence = 0.95, seed = 0x5eed } = options;
  if (!(confidence > 0 && confidence < 1) || !Number.isInteger(resamples) || resamples < 1 || resamples > 1_000_000) {
    throw new EvidenceError(
      'EVIDENCE_NO_SAMPLES',
      `Bootstrap of ${resamples} resamples at ${confidence} is not possible`,
    );
  }
  const sorted = sortedSamples(values);
  const next = createRandomSource(seed);
  const size = sorted.length;
  const [lower, upper] = [Math.floor((size - 1) / 2), Math.ceil((size - 1) / 2)];
  const medians = new Float64Array(resamples);
  // How often each sample was drawn: walking these counts finds the middle of a resample without sorting it.
  const drawn = new Uint32Array(size);
  for (let resample = 0; resample < resamples; resample += 1) {
    drawn.fill(0);
    for (let i = 0; i < size; i += 1) {
      const rank = Math.floor((next() / 2 ** 32) * size);
      drawn[rank] = (drawn[rank] ?? 0) + 1;
    }
    let rank = -1;
    let passed = 0;
    while (passed <= lower) passed += drawn[++rank] ?? size;
    const low = sorted[rank] ?? 0;
    while (passed <= upper) passed += drawn[++rank] ?? size;
    medians[resample] = (low + (sorted[rank] ?? 0)) / 2;
  }
  medians.sort();
  const tail = (1 - confidence) / 2;
  return [quantileOfSorted(medians, tail), quantileOfSorted(medians, 1 - tail)];
}
