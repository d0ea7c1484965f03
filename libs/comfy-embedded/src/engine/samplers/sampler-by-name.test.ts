import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenTrajectories, largestDifference } from '../../../test/engine/golden.ts';
import { scaledLinearSchedule } from '../noise-schedule.ts';
import { calculateSigmas, isSchedulerName } from '../schedulers/calculate-sigmas.ts';
import { ancestralStep } from './euler-ancestral.ts';
import { isSamplerName, samplerByName, samplerNames } from './sampler-by-name.ts';
import type { LatentValues } from './sampler.ts';

const schedule = scaledLinearSchedule({ betaStart: 0.00085, betaEnd: 0.012, trainTimesteps: 1000 });

/** The linear denoiser that the recorded trajectories were made with. */
function toyDenoise<T extends LatentValues>(x: T, sigma: number): T {
  const denoised = x.slice() as T;
  for (let i = 0; i < x.length; i++) {
    const bias = x.length === 1 ? -0.5 : -0.5 + i / (x.length - 1);
    denoised[i] = ((x[i] ?? 0) * 0.9) / (1 + sigma ** 2) + (bias * sigma) / (1 + sigma);
  }
  return denoised;
}

function countedNoise(length: number): () => Float64Array {
  let call = 0;
  return () => {
    call++;
    return Float64Array.from({ length }, (_, k) => Math.cos(0.7 * k + call));
  };
}

describe('samplers', () => {
  it.each(goldenTrajectories)(
    '$key follows the recorded trajectory',
    async ({ key, x0, x_before_each_step, final }) => {
      const [sampler = '', scheduler = '', steps] = key.split('/');
      if (!isSamplerName(sampler) || !isSchedulerName(scheduler)) throw new Error(`unknown fixture ${key}`);
      const seen: number[][] = [];
      const result = await samplerByName(sampler)({
        x: Float64Array.from(x0),
        sigmas: calculateSigmas(schedule, scheduler, Number(steps)),
        denoise: toyDenoise,
        stepNoise: countedNoise(x0.length),
        onStep: (_, x) => seen.push([...x]),
      });
      for (const [step, x] of x_before_each_step.entries())
        expect(largestDifference(seen[step] ?? [], x)).toBeLessThan(1e-5);
      expect(largestDifference(result, final)).toBeLessThan(1e-5);
    },
  );

  it.each(samplerNames)('%s works in float32 as in float64', async (name) => {
    const sigmas = calculateSigmas(schedule, 'karras', 12);
    const start = Array.from({ length: 16 }, (_, k) => Math.sin(1.3 * k) * 14.6);
    const run = { sigmas, denoise: toyDenoise };
    const single = await samplerByName(name)({ ...run, x: Float32Array.from(start), stepNoise: countedNoise(16) });
    const double = await samplerByName(name)({ ...run, x: Float64Array.from(start), stepNoise: countedNoise(16) });
    expect(largestDifference(single, double)).toBeLessThan(2e-5);
  });

  it('end on a model that is always sure, whatever the steps', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samplerNames),
        fc.constantFrom('normal' as const, 'karras' as const, 'simple' as const),
        fc.integer({ min: 1, max: 60 }),
        async (sampler, scheduler, steps) => {
          const target = Float64Array.of(0.25, -1, 3);
          let calls = 0;
          const result = await samplerByName(sampler)({
            x: Float64Array.of(10, -12, 5),
            sigmas: calculateSigmas(schedule, scheduler, steps),
            denoise: () => {
              calls++;
              return target;
            },
            stepNoise: countedNoise(3),
          });
          expect(calls).toBe(steps);
          expect(largestDifference(result, target)).toBeLessThan(1e-9);
        },
      ),
    );
  });

  it('dpmpp_2m stays finite when a schedule repeats noise levels', async () => {
    const result = await samplerByName('dpmpp_2m')({
      x: Float64Array.of(4, -4),
      sigmas: Float32Array.of(2, 1, 1, 1, 0.5, 0),
      denoise: toyDenoise,
      stepNoise: countedNoise(2),
    });
    expect(result.every(Number.isFinite)).toBe(true);
  });

  it('an ancestral step keeps the variance of the next noise level', () => {
    const level = fc.double({ min: 0.03, max: 14, noNaN: true });
    fc.assert(
      fc.property(level, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (from, share) => {
        const to = Math.fround(from * share);
        const { down, up } = ancestralStep(Math.fround(from), to);
        expect(down ** 2 + up ** 2).toBeCloseTo(to ** 2, 3);
        expect(up).toBeLessThanOrEqual(to);
      }),
    );
  });
});
