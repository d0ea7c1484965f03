/** Where an axis begins, ends and is labelled. */
export interface AxisTicks {
  readonly low: number;
  readonly high: number;
  /** Rising, within `low` … `high`; at least two, at most about twice as many as wished for. */
  readonly ticks: readonly number[];
  /** From one tick to the next. */
  readonly spacing: number;
}

/** Largest size that an axis can hold: sums of a few such numbers are still finite. */
export const largestOnAxis = 1e300;

/**
 * Round numbers over a range: multiples of 1, 2 or 5 × 10ⁿ (Heckbert, "Nice Numbers for Graph Labels", Graphics Gems 1990).
 * A range of no width is widened. `tight` keeps the ends as they are and labels only round numbers between them.
 *
 * @param wished about how many ticks, 2 … 20
 * @throws RangeError for ends that are not finite, beyond `largestOnAxis`, or in the wrong order
 */
export function axisTicks(low: number, high: number, wished: number, tight = false): AxisTicks {
  if (!(low <= high) || Math.abs(low) > largestOnAxis || Math.abs(high) > largestOnAxis)
    throw new RangeError(`An axis cannot go from ${low} to ${high}.`);
  const [from, to] = widened(low, high);
  const spacing = roundSpacing((to - from) / wished);
  const first = tight ? Math.ceil(from / spacing) : Math.floor(from / spacing);
  const last = tight ? Math.floor(to / spacing) : Math.ceil(to / spacing);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => (first + index) * spacing);
  if (tight) return { low: from, high: to, ticks, spacing };
  return { low: first * spacing, high: last * spacing, ticks, spacing };
}

function widened(low: number, high: number): [number, number] {
  const size = Math.max(Math.abs(low), Math.abs(high));
  if (size < 1 / largestOnAxis) return [-1, 1];
  // Closer ends could not be told apart on labels of a few digits.
  return high - low > size * 1e-5 ? [low, high] : [low - size * 0.1, high + size * 0.1];
}

function roundSpacing(spacing: number): number {
  const power = 10 ** Math.floor(Math.log10(spacing));
  const leading = spacing / power;
  return (leading < 1.5 ? 1 : leading < 3 ? 2 : leading < 7 ? 5 : 10) * power;
}

/** A tick's label with as many decimals as its spacing needs. */
export function tickLabel(tick: number, spacing: number): string {
  const size = Math.abs(tick);
  const decimals = Math.max(0, -Math.floor(Math.log10(spacing) + 1e-9));
  if (size >= 1e5 || decimals > 6) return size === 0 ? '0' : tick.toExponential(1).replace('e+', 'e');
  return size < spacing / 2 ? '0' : tick.toFixed(decimals);
}
