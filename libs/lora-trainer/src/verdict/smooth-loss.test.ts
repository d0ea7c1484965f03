import { describe, expect, it } from 'vitest';
import { smoothLoss } from './smooth-loss.ts';

/** Updates of one timestep each: low tenths have errors a hundred times those of high ones. */
const steps = (count: number, trend: (step: number) => number) =>
  Array.from({ length: count }, (_none, index) => {
    const bin = (index * 7) % 10;
    const loss = 10 ** (-bin / 5) * trend(index);
    const lossByBin = Array.from({ length: 10 }, (_value, at) => (at === bin ? loss : null));
    return { step: index + 1, loss, lossByBin, seconds: 1, learningRate: 1 };
  });

describe('smoothLoss', () => {
  it('is flat at 1 when only the timesteps differ', () => {
    const smooth = smoothLoss(steps(1000, () => 1));
    expect(smooth.every(({ value }) => Math.abs(value - 1) < 1e-9)).toBe(true);
    expect(smooth.at(-1)?.step).toBe(1000);
    expect(smooth.length).toBeLessThanOrEqual(301);
  });

  it('falls with the error', () => {
    const smooth = smoothLoss(steps(1000, (step) => (step < 500 ? 1 : 0.5)));
    expect(smooth.at(-1)?.value ?? 1).toBeLessThan(0.52);
    expect(smooth[0]?.value).toBeCloseTo(1, 6);
  });

  it('leaves updates out that were not finite', () => {
    const [first, ...rest] = steps(30, () => 1);
    const skipped = { ...(first ?? rest[0]!), loss: null, lossByBin: Array.from({ length: 10 }, () => null) };
    expect(smoothLoss([skipped, ...rest]).every(({ value }) => Number.isFinite(value))).toBe(true);
    expect(smoothLoss([])).toEqual([]);
  });
});
