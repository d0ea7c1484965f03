import { type AxisTicks, axisTicks, largestOnAxis, tickLabel } from './axis-ticks.ts';
import { withMinus } from './format-quantity.ts';
import { type Markup, markup } from './markup.ts';

/** One point of a line; what is null or not finite leaves a gap. */
export interface ChartPoint {
  readonly x: number;
  readonly y: number | null;
  /** Ends of the interval around `y`; null draws none. */
  readonly band: { readonly low: number; readonly high: number } | null;
}

/** One line: colour, dash and marker follow from its place among the lines. */
interface ChartSeries {
  readonly label: string;
  readonly points: readonly ChartPoint[];
}

/** What a chart shows. */
export interface LineChart {
  /** Unique within the page, of letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  /** What a reader should take from it, for those who do not see it. */
  readonly description: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** Two at most. */
  readonly series: readonly ChartSeries[];
  /** Whether to draw a line at 0, which then lies within the axis. */
  readonly zeroLine: boolean;
  /** Whether points are marked: not for lines of hundreds of points. */
  readonly markers: boolean;
  /** An upright line, such as the recommended step. */
  readonly mark: { readonly x: number; readonly label: string } | null;
}

const size = { width: 480, height: 290 } as const;
const plot = { left: 74, right: 456, top: 34, bottom: 242 } as const;

/**
 * An SVG line chart with axes, labels, `<title>` and `<desc>`. Null when there is no finite point to draw. Every coordinate is
 * finite and within the picture.
 */
export function drawLineChart(chart: LineChart): Markup | null {
  const series = chart.series.map(({ label, points }) => ({ label, points: drawable(points) }));
  const drawn = series.flatMap(({ points }) => points).filter((point) => point.y !== null);
  if (drawn.length === 0) return null;
  const steps = drawn.map(({ x }) => x);
  const values = drawn.flatMap(({ y, band }) => [y ?? 0, ...(band === null ? [] : [band.low, band.high])]);
  if (chart.zeroLine) values.push(0);
  const scale: Scale = {
    x: axisTicks(smallest(steps), largest(steps), 6, true),
    y: axisTicks(smallest(values), largest(values), 5),
  };
  return markup`<svg class="chart" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${chart.id}-title ${chart.id}-desc">
<title id="${chart.id}-title">${chart.title}</title>
<desc id="${chart.id}-desc">${chart.description}</desc>
${drawAxes(chart, scale)}${drawMark(chart, scale)}${series.map((one, index) => drawBand(one, index, scale))}${series.map((one, index) => drawLine(one, index, chart.markers, scale))}${drawLegend(series)}
</svg>`;
}

interface Scale {
  readonly x: AxisTicks;
  readonly y: AxisTicks;
}

function drawable(points: readonly ChartPoint[]): ChartPoint[] {
  return points
    .filter(({ x }) => onAxis(x))
    .map(({ x, y, band }) => ({
      x,
      y: y !== null && onAxis(y) ? y : null,
      band: band !== null && onAxis(band.low) && onAxis(band.high) ? band : null,
    }))
    .sort((one, other) => one.x - other.x);
}

function onAxis(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) <= largestOnAxis / 10;
}

function smallest(values: readonly number[]): number {
  return values.reduce((found, value) => Math.min(found, value), Infinity);
}

function largest(values: readonly number[]): number {
  return values.reduce((found, value) => Math.max(found, value), -Infinity);
}

function atX(value: number, { x }: Scale): string {
  return (plot.left + ((value - x.low) / (x.high - x.low)) * (plot.right - plot.left)).toFixed(1);
}

function atY(value: number, { y }: Scale): string {
  return (plot.bottom - ((value - y.low) / (y.high - y.low)) * (plot.bottom - plot.top)).toFixed(1);
}

function drawAxes(chart: LineChart, scale: Scale): Markup {
  const rows = scale.y.ticks.map((tick) => {
    const y = atY(tick, scale);
    const zero = chart.zeroLine && Math.abs(tick) < scale.y.spacing / 2;
    return markup`<line class="${zero ? 'zero' : 'rule'}" x1="${plot.left}" x2="${plot.right}" y1="${y}" y2="${y}"/><text x="${plot.left - 8}" y="${y}" dy="0.35em" text-anchor="end">${withMinus(tickLabel(tick, scale.y.spacing))}</text>`;
  });
  const columns = scale.x.ticks.map((tick) => {
    const x = atX(tick, scale);
    return markup`<line class="tick" x1="${x}" x2="${x}" y1="${plot.bottom}" y2="${plot.bottom + 5}"/><text x="${x}" y="${plot.bottom + 19}" text-anchor="middle">${withMinus(tickLabel(tick, scale.x.spacing))}</text>`;
  });
  const middle = (plot.top + plot.bottom) / 2;
  return markup`<g class="axes">${rows}${columns}<line class="tick" x1="${plot.left}" x2="${plot.right}" y1="${plot.bottom}" y2="${plot.bottom}"/><text x="${(plot.left + plot.right) / 2}" y="${size.height - 8}" text-anchor="middle">${chart.xLabel}</text><text x="13" y="${middle}" text-anchor="middle" transform="rotate(-90 13 ${middle})">${chart.yLabel}</text></g>`;
}

function drawMark({ mark }: LineChart, scale: Scale): Markup | null {
  if (mark === null || !(mark.x >= scale.x.low && mark.x <= scale.x.high)) return null;
  const x = atX(mark.x, scale);
  const right = Number(x) > (plot.left + plot.right) / 2;
  return markup`<g class="mark"><line x1="${x}" x2="${x}" y1="${plot.top}" y2="${plot.bottom}"/><text x="${Number(x) + (right ? -5 : 5)}" y="${plot.bottom - 8}" text-anchor="${right ? 'end' : 'start'}">${mark.label}</text></g>`;
}

/** Stretches without a gap. */
function stretches(points: readonly ChartPoint[]): ChartPoint[][] {
  const found: ChartPoint[][] = [[]];
  for (const point of points) {
    if (point.y === null) found.push([]);
    else found.at(-1)?.push(point);
  }
  return found.filter((stretch) => stretch.length > 0);
}

function drawBand({ points }: ChartSeries, index: number, scale: Scale): Markup {
  const areas = stretches(points.map((point) => (point.band === null ? { ...point, y: null } : point))).map(
    (stretch) => {
      const upper = stretch.map(({ x, band }) => `${atX(x, scale)},${atY(band?.high ?? 0, scale)}`);
      const lower = stretch.map(({ x, band }) => `${atX(x, scale)},${atY(band?.low ?? 0, scale)}`).reverse();
      // One step alone has no area: its interval is an upright line.
      return markup`<path d="M${[...upper, ...lower].join('L')}Z"/>`;
    },
  );
  return markup`<g class="band series-${index + 1}">${areas}</g>`;
}

function drawLine({ points }: ChartSeries, index: number, markers: boolean, scale: Scale): Markup {
  const parts = stretches(points);
  const lines = parts.map(
    (stretch) => markup`<path d="M${stretch.map(({ x, y }) => `${atX(x, scale)},${atY(y ?? 0, scale)}`).join('L')}"/>`,
  );
  const marked = parts.flatMap((stretch) => (markers || stretch.length === 1 ? stretch : []));
  const dots = marked.map(({ x, y }) => drawMarker(index, Number(atX(x, scale)), Number(atY(y ?? 0, scale))));
  return markup`<g class="line series-${index + 1}">${lines}</g><g class="dots series-${index + 1}">${dots}</g>`;
}

/** A dot, or a diamond for the second line. */
function drawMarker(index: number, x: number, y: number): Markup {
  if (index === 0) return markup`<circle cx="${x}" cy="${y}" r="3.5"/>`;
  const corners = [
    [x, y - 4.5],
    [x + 4.5, y],
    [x, y + 4.5],
    [x - 4.5, y],
  ];
  return markup`<path d="M${corners.map((corner) => corner.map((value) => value.toFixed(1)).join()).join('L')}Z"/>`;
}

function drawLegend(series: readonly ChartSeries[]): Markup | null {
  if (series.length < 2) return null;
  const entries = series.map(({ label }, index) => {
    const x = plot.left + index * 200;
    return markup`<g class="line series-${index + 1}"><path d="M${x},14H${x + 26}"/></g><g class="dots series-${index + 1}">${drawMarker(index, x + 13, 14)}</g><text x="${x + 34}" y="14" dy="0.35em">${label}</text>`;
  });
  return markup`<g class="legend">${entries}</g>`;
}
