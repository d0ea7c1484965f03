/**
 * Quantile with linear interpolation (Hyndman & Fan 1996, definition 7).
 *
 * @param values at least one, in any order
 * @param share 0 … 1
 * @returns NaN for no values
 */
export function quantile(values: Iterable<number>, share: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = share * (sorted.length - 1);
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}
