import type { PageInterval } from './comparison-page.ts';

/** What stands for a number that is not there. */
export const absent = '–';

/** A number with about three digits, `absent` when there is none or it is not finite. Minus is U+2212. */
export function formatQuantity(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return absent;
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return withMinus(value.toExponential(2).replace('e+', 'e'));
  const digits = Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(Math.max(size, 1e-4)))));
  return withMinus(size === 0 ? '0' : value.toFixed(Number.isInteger(value) ? 0 : digits));
}

/**
 * A mean with its interval as `−0.880 [−1.020, −0.740]`: as many decimals for all three as the largest needs for three digits.
 */
export function formatInterval({ mean, low, high }: PageInterval): { readonly mean: string; readonly range: string } {
  const largest = Math.max(Math.abs(mean), Math.abs(low), Math.abs(high));
  const plain = largest >= 1e-4 && largest < 1e6;
  const decimals = plain ? Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(largest)))) : 0;
  const written = (value: number) => (plain ? withMinus(value.toFixed(decimals)) : formatQuantity(value));
  return { mean: written(mean), range: `[${written(low)}, ${written(high)}]` };
}

/** A count with commas between thousands: `3,000`. */
export function formatCount(value: number): string {
  return Number.isFinite(value) ? withMinus(value.toLocaleString('en-US', { maximumFractionDigits: 0 })) : absent;
}

/** Seconds as `42 s`, `9 min 12 s` or `3 h 50 min`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return absent;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${formatCount(Math.floor(whole / 3600))} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Writes the minus sign as a minus, not as a hyphen. */
export function withMinus(text: string): string {
  return text.replaceAll('-', '\u2212');
}
