import { quantile } from './quantile.ts';

/**
 * Median: the middle value, or the mean of the two middle values.
 *
 * @param values - finite numbers in any order, at least one
 * @throws EvidenceError EVIDENCE_NO_SAMPLES
 */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
