import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChartPoint, drawLineChart, type LineChart } from './draw-line-chart.ts';

function chartOf(points: readonly ChartPoint[], changes: Partial<LineChart> = {}): LineChart {
  return {
    id: 'loss',
    title: 'Loss',
    description: 'It falls.',
    xLabel: 'step',
    yLabel: 'loss',
    series: [{ label: 'held-out', points }],
    zeroLine: false,
    markers: true,
    mark: null,
    ...changes,
  };
}

function point(x: number, y: number | null, band: ChartPoint['band'] = null): ChartPoint {
  return { x, y, band };
}

/** Every number of the drawing, of attributes and of paths. */
function numbersIn(svg: string): number[] {
  const drawn = [...svg.matchAll(/ (?:x|y|x1|x2|y1|y2|cx|cy|d)="([^"]*)"/g)].map(([, value]) => value ?? '');
  return drawn.flatMap((value) => value.split(/[\sA-Za-z,]+/).filter((part) => part !== '')).map(Number);
}

describe('drawLineChart', () => {
  it('names itself and both axes', () => {
    const svg = drawLineChart(chartOf([point(0, 0.2), point(500, 0.1)]))?.text ?? '';
    expect(svg).toContain('aria-labelledby="loss-title loss-desc"');
    expect(svg).toContain('<title id="loss-title">Loss</title>');
    expect(svg).toContain('<desc id="loss-desc">It falls.</desc>');
    expect(svg).toContain('>step</text>');
    expect(svg).toContain('>loss</text>');
  });

  it('puts higher values higher and later steps further right', () => {
    const svg = drawLineChart(chartOf([point(0, 0.2), point(500, 0.1)]))?.text ?? '';
    const [, x1, y1, x2, y2] = (/<path d="M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)"/.exec(svg) ?? []).map(Number);
    expect([x1! < x2!, y1! < y2!]).toEqual([true, true]);
  });

  it('breaks the line and the band at a gap', () => {
    const band = { low: 0, high: 3 };
    const svg = drawLineChart(
      chartOf([point(0, 1, band), point(1, 2, band), point(2, null), point(3, 1, band), point(4, 1, band)]),
    );
    expect(svg?.text.match(/<g class="line series-1">(.*?)<\/g>/)?.[1]?.match(/<path/g)).toHaveLength(2);
    expect(svg?.text.match(/<g class="band series-1">(.*?)<\/g>/)?.[1]?.match(/<path/g)).toHaveLength(2);
  });

  it('shows a point alone and points of equal value', () => {
    for (const points of [[point(0, 0)], [point(7, 5)], [point(0, 1), point(1, 1)], [point(3, 1), point(3, 2)]]) {
      const svg = drawLineChart(chartOf(points, { markers: false }))?.text ?? '';
      expect(svg).toContain('class="line series-1"');
      expect(numbersIn(svg).every((value) => Number.isFinite(value))).toBe(true);
      if (points.length === 1) expect(svg).toContain('<circle');
    }
  });

  it('is not drawn without a finite point', () => {
    expect(drawLineChart(chartOf([]))).toBeNull();
    expect(drawLineChart(chartOf([point(0, null), point(1, NaN), point(NaN, 1), point(2, Infinity)]))).toBeNull();
  });

  it('marks a step within its axis only', () => {
    const points = [point(0, 1), point(1000, 2)];
    const marked = (x: number) =>
      drawLineChart(chartOf(points, { mark: { x, label: 'best' } }))?.text.includes('class="mark"');
    expect([marked(500), marked(2000), marked(NaN)]).toEqual([true, false, false]);
  });

  it('draws finite numbers within the picture, whatever the data', () => {
    const value = fc.oneof(
      fc.double(),
      fc.double({ min: -1, max: 1, noNaN: true }),
      fc.constantFrom(0, 1e308, -1e308, 5e-324, 1e300),
    );
    const points = fc.array(
      fc.record({
        x: fc.oneof(fc.nat(5000), value),
        y: fc.option(value),
        band: fc.option(fc.record({ low: value, high: value })),
      }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(points, points, fc.boolean(), (one, other, zeroLine) => {
        const series = [one, other].map((points, index) => ({ label: `line ${index}`, points }));
        const svg = drawLineChart(chartOf([], { series, zeroLine, mark: { x: 10, label: 'best' } }))?.text ?? '';
        expect(svg).not.toMatch(/NaN|Infinity/);
        expect(numbersIn(svg).filter((number) => !(number >= 0 && number <= 480))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
