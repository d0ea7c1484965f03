import { median } from './median.ts';

/**
 * Median absolute deviation from the median, not scaled to a normal distribution.
 *
 * @param values - finite numbers in any order, at least one
 * @throws EvidenceError EVIDENCE_NO_SAMPLES
 */
export function medianAbsoluteDeviation(values: readonly number[]): number {
  const centre = median(values);
  return median(values.map((value) => Math.abs(value - centre)));
}
