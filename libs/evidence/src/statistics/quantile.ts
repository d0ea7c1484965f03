import { EvidenceError } from '../errors.ts';

/** Ascending copy of a series. @throws EvidenceError EVIDENCE_NO_SAMPLES if it is empty or not finite throughout */
export function sortedSamples(values: readonly number[]): Float64Array {
  const stray = values.find((value) => !Number.isFinite(value));
  if (stray !== undefined) throw new EvidenceError('EVIDENCE_NO_SAMPLES', `Sample ${stray} is not a finite number`);
  if (values.length === 0) throw new EvidenceError('EVIDENCE_NO_SAMPLES', 'Series has no samples');
  return Float64Array.from(values).sort();
}

/** Quantile of an ascending series by linear interpolation between closest ranks. */
export function quantileOfSorted(sorted: Float64Array, probability: number): number {
  const position = (sorted.length - 1) * probability;
  const lower = Math.floor(position);
  const below = sorted[lower] ?? Number.NaN;
  const above = sorted[Math.min(lower + 1, sorted.length - 1)] ?? Number.NaN;
  return below === above ? below : below + (above - below) * (position - lower);
}

/**
 * Quantile by linear interpolation, definition 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996.
 *
 * @param values - finite numbers in any order, at least one
 * @param probability - 0 … 1
 * @throws EvidenceError EVIDENCE_NO_SAMPLES for an empty series, a value that is not finite, or a probability out of range
 */
export function quantile(values: readonly number[], probability: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new EvidenceError('EVIDENCE_NO_SAMPLES', `Probability ${probability} is not between 0 and 1`);
  }
  return quantileOfSorted(sortedSamples(values), probability);
}
