import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plane } from './planes.ts';
import { ssimOfPlanes } from './ssim-planes.ts';

const reach = 5;
const gauss = Array.from({ length: 2 * reach + 1 }, (_none, at) => Math.exp(-((at - reach) ** 2) / 4.5));
const total = gauss.reduce((sum, weight) => sum + weight, 0);

function planeOf(values: readonly number[], width: number): Plane {
  return {
    width,
    height: values.length / width,
    readRow: (y, into) => into.set(values.slice(y * width, (y + 1) * width)),
  };
}

/** Means over all windows of luminance × contrast × structure, and of the last two, straight from the definition. */
function byDefinition(xs: readonly number[], ys: readonly number[], width: number) {
  const height = xs.length / width;
  const found = { ssim: 0, contrast: 0, windows: 0 };
  for (let top = 0; top + 2 * reach < height; top++) {
    for (let left = 0; left + 2 * reach < width; left++) {
      const mean = (of: (x: number, y: number) => number): number =>
        gauss.reduce(
          (sum, down, row) =>
            sum +
            gauss.reduce((line, across, column) => {
              const at = (top + row) * width + left + column;
              return line + (down / total) * (across / total) * of(xs[at] ?? 0, ys[at] ?? 0);
            }, 0),
          0,
        );
      const [mx, my] = [mean((x) => x), mean((_x, y) => y)];
      const [vx, vy] = [mean((x) => (x - mx) ** 2), mean((_x, y) => (y - my) ** 2)];
      const covariance = mean((x, y) => (x - mx) * (y - my));
      const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
      const contrast = (2 * covariance + c2) / (vx + vy + c2);
      found.ssim += (contrast * (2 * mx * my + c1)) / (mx * mx + my * my + c1);
      found.contrast += contrast;
      found.windows++;
    }
  }
  return { ssim: found.ssim / found.windows, contrast: found.contrast / found.windows };
}

/** Pairs of planes with sides from the window's on: below, at and above what is smoothed together. */
const pairs = fc
  .record({ width: fc.integer({ min: 11, max: 20 }), height: fc.integer({ min: 11, max: 46 }) })
  .chain((size) => {
    const values = fc.array(fc.integer({ min: 0, max: 255 }), {
      minLength: size.width * size.height,
      maxLength: size.width * size.height,
    });
    return fc.tuple(fc.constant(size.width), values, values);
  });

describe('ssimOfPlanes', () => {
  it('is what the definition says, for any size and any numbers', () => {
    fc.assert(
      fc.property(pairs, ([width, xs, ys]) => {
        const found = ssimOfPlanes(planeOf(xs, width), planeOf(ys, width));
        const expected = byDefinition(xs, ys, width);
        expect(Math.abs(found.ssim - expected.ssim)).toBeLessThan(1e-10);
        expect(Math.abs(found.contrast - expected.contrast)).toBeLessThan(1e-10);
      }),
      { numRuns: 25 },
    );
  });

  it('knows equal planes from those that differ in one number, wherever it lies', () => {
    fc.assert(
      fc.property(pairs, fc.nat(), ([width, xs], place) => {
        const changed = xs.with(place % xs.length, 255.5);
        expect(ssimOfPlanes(planeOf(xs, width), planeOf(xs, width))).toMatchObject({ identical: true });
        expect(ssimOfPlanes(planeOf(xs, width), planeOf(changed, width)).identical).toBe(false);
      }),
      { numRuns: 40 },
    );
  });
});
