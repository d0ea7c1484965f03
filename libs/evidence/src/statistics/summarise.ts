import { bootstrapMedianInterval } from './bootstrap-median-interval.ts';
import { medianAbsoluteDeviation } from './median-absolute-deviation.ts';
import { quantileOfSorted, sortedSamples } from './quantile.ts';
import type { Summary } from './summary-schema.ts';

/**
 * Describes a series: median with a 95 % bootstrap interval (10 000 resamples, fixed seed), spread and range. Equal
 * series give equal summaries, so whoever has the samples can recompute every number.
 *
 * @param values - finite numbers, at least one
 * @throws EvidenceError EVIDENCE_NO_SAMPLES
 */
export function summarise(values: readonly number[]): Summary {
  const sorted = sortedSamples(values);
  return {
    n: sorted.length,
    median: quantileOfSorted(sorted, 0.5),
    ci95: bootstrapMedianInterval(values),
    mad: medianAbsoluteDeviation(values),
    p90: quantileOfSorted(sorted, 0.9),
    min: quantileOfSorted(sorted, 0),
    max: quantileOfSorted(sorted, 1),
  };
}
