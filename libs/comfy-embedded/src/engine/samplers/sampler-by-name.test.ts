import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenTrajectories, largestDifference } from '../../../test/engine/golden.ts';
import { countedNoise, toyDenoise } from '../../../test/engine/toy-denoiser.ts';
import { scaledLinearSchedule } from '../noise-schedule.ts';
import { calculateSigmas, isSchedulerName, schedulerNames } from '../schedulers/calculate-sigmas.ts';
import { ancestralStep } from './euler-ancestral.ts';
import { isSamplerName, samplerByName, samplerNames } from './sampler-by-name.ts';

const schedule = scaledLinearSchedule({ betaStart: 0.00085, betaEnd: 0.012, trainTimesteps: 1000 });

describe('samplers', () => {
  it.each(goldenTrajectories)(
    '$key follows the recorded trajectory',
    async ({ key, x0, x_before_each_step, final }) => {
      const [sampler = '', scheduler = '', steps] = key.split('/');
      if (!isSamplerName(sampler) || !isSchedulerName(scheduler)) throw new Error(`unknown fixture ${key}`);
      const seen: number[][] = [];
      const { sample } = samplerByName(sampler);
      const result = await sample({
        x: Float64Array.from(x0),
        sigmas: calculateSigmas(schedule, scheduler, Number(steps)),
        denoise: toyDenoise,
        stepNoise: countedNoise(x0.length),
        onStep: (_, x) => seen.push([...x]),
      });
      // ComfyUI shows uni_pc's x after the step, in another scale.
      for (const [step, x] of sampler === 'uni_pc' ? [] : x_before_each_step.entries())
        expect(largestDifference(seen[step] ?? [], x)).toBeLessThan(1e-5);
      expect(largestDifference(result, final)).toBeLessThan(1e-5);
    },
  );

  it.each(samplerNames)('%s works in float32 as in float64', async (name) => {
    const sigmas = calculateSigmas(schedule, 'karras', 12);
    const start = Array.from({ length: 16 }, (_, k) => Math.sin(1.3 * k) * 14.6);
    const run = { sigmas, denoise: toyDenoise };
    const single = await samplerByName(name).sample({
      ...run,
      x: Float32Array.from(start),
      stepNoise: countedNoise(16),
    });
    const double = await samplerByName(name).sample({
      ...run,
      x: Float64Array.from(start),
      stepNoise: countedNoise(16),
    });
    expect(largestDifference(single, double)).toBeLessThan(2e-5);
  });

  it('end on a model that is always sure, whatever the steps', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...samplerNames.filter((name) => !name.startsWith('uni_pc'))),
        fc.constantFrom(...schedulerNames),
        fc.integer({ min: 1, max: 60 }),
        async (sampler, scheduler, steps) => {
          const target = Float64Array.of(0.25, -1, 3);
          let calls = 0;
          const sigmas = calculateSigmas(schedule, scheduler, steps);
          const result = await samplerByName(sampler).sample({
            x: Float64Array.of(10, -12, 5),
            sigmas,
            denoise: () => {
              calls++;
              return target;
            },
            stepNoise: countedNoise(3),
          });
          const perStep = ['heun', 'dpm_2', 'dpm_2_ancestral', 'dpmpp_2s_ancestral', 'dpmpp_sde'].includes(sampler)
            ? 2
            : 1;
          expect(calls).toBe(1 + perStep * (sigmas.length - 2));
          expect(largestDifference(result, target)).toBeLessThan(1e-9);
        },
      ),
    );
  });

  it.each(['uni_pc', 'uni_pc_bh2'] as const)(
    '%s comes near a model that is always sure, in two steps or more',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...schedulerNames),
          fc.integer({ min: 2, max: 60 }),
          async (scheduler, steps) => {
            const result = await samplerByName(name).sample({
              x: Float64Array.of(10, -12, 5),
              sigmas: calculateSigmas(schedule, scheduler, steps, { discardsPenultimate: true }),
              denoise: () => Float64Array.of(0.25, -1, 3),
              stepNoise: countedNoise(3),
            });
            expect(largestDifference(result, [0.25, -1, 3])).toBeLessThan(0.01);
          },
        ),
      );
    },
  );

  it.each(samplerNames)('%s stays finite when a schedule repeats noise levels', async (name) => {
    const result = await samplerByName(name).sample({
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
