import type { PageInterval } from './comparison-page.ts';
import { type Markup, markup } from './markup.ts';

const width = 120;
const height = 18;

/**
 * A small SVG of an interval with its mean against a line at 0 in the middle; numbers beside it say the same, so it is hidden
 * from screen readers. Null when a number is not finite.
 */
export function drawInterval({ mean, low, high }: PageInterval): Markup | null {
  const reach = Math.max(Math.abs(mean), Math.abs(low), Math.abs(high));
  if (!Number.isFinite(mean + low + high) || reach > Number.MAX_VALUE / width) return null;
  const at = (value: number) => (width / 2 + (reach === 0 ? 0 : value / reach) * (width / 2 - 6)).toFixed(1);
  return markup`<svg class="interval" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true"><line class="zero" x1="${width / 2}" x2="${width / 2}" y1="0" y2="${height}"/><line class="reach" x1="${at(low)}" x2="${at(high)}" y1="9" y2="9"/><circle cx="${at(mean)}" cy="9" r="4"/></svg>`;
}
