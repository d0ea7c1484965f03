import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenSettingSigmas, goldenSigmas, largestDifference } from '../../../test/engine/golden.ts';
import { EngineError } from '../engine-errors.ts';
import { scaledLinearSchedule, sigmaRange, sigmaToTimestep, timestepToSigma } from '../noise-schedule.ts';
import { calculateSigmas, isSchedulerName, schedulerNames } from './calculate-sigmas.ts';

const schedule = scaledLinearSchedule({ betaStart: 0.00085, betaEnd: 0.012, trainTimesteps: 1000 });

function sigmasOf(scheduler: string, steps: number, denoise?: number): Float32Array {
  if (!isSchedulerName(scheduler)) throw new Error(`fixture names an unknown scheduler ${scheduler}`);
  return calculateSigmas(schedule, scheduler, steps, denoise === undefined ? {} : { denoise });
}

describe('the noise schedule', () => {
  it('has the extremes that ComfyUI reports', () => {
    expect(sigmaRange(schedule)).toEqual({ min: goldenSigmas.sigma_min, max: goldenSigmas.sigma_max });
  });

  it.each(goldenSigmas.timesteps)('puts σ %d at timestep %d', (sigma, timestep) => {
    expect(sigmaToTimestep(schedule, sigma)).toBe(timestep);
  });

  it('inverts: the timestep of a trained σ is its index', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), (timestep) => {
        expect(sigmaToTimestep(schedule, timestepToSigma(schedule, timestep))).toBe(timestep);
      }),
    );
  });
});

describe('calculateSigmas', () => {
  const recorded = Object.entries(goldenSigmas.steps).flatMap(([steps, bySchedulers]) =>
    Object.entries(bySchedulers).map(([scheduler, sigmas]) => ({ scheduler, steps: Number(steps), sigmas })),
  );

  it.each([...recorded, ...goldenSettingSigmas])(
    'equals ComfyUI for $scheduler with $steps steps',
    ({ scheduler, steps, sigmas }) => {
      expect(largestDifference(sigmasOf(scheduler, steps), sigmas)).toBeLessThan(2e-6);
    },
  );

  it.each(Object.entries(goldenSigmas.denoise))('equals KSampler for %s', (key, sigmas) => {
    const [scheduler = '', steps, denoise] = key.split('/');
    expect(largestDifference(sigmasOf(scheduler, Number(steps), Number(denoise)), sigmas)).toBeLessThan(2e-6);
  });

  it('falls strictly from the noisiest level to 0 for any number of steps up to 1000', () => {
    const exact = schedulerNames.filter((name) => name !== 'ddim_uniform' && name !== 'beta');
    const names = fc.constantFrom(...exact);
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 1000 }), (scheduler, steps) => {
        const sigmas = calculateSigmas(schedule, scheduler, steps);
        expect(sigmas).toHaveLength(steps + 1);
        expect(sigmas[0]).toBeCloseTo(goldenSigmas.sigma_max, 4);
        expect(sigmas.at(-1)).toBe(0);
        expect(sigmas.every((sigma, i) => i === 0 || sigma < (sigmas[i - 1] ?? 0))).toBe(true);
      }),
    );
  });

  it.each(['ddim_uniform', 'beta'] as const)('%s falls strictly to 0, whatever its number of values', (scheduler) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), (steps) => {
        const sigmas = calculateSigmas(schedule, scheduler, steps);
        expect(sigmas.at(-1)).toBe(0);
        expect(sigmas.every((sigma, i) => i === 0 || sigma < (sigmas[i - 1] ?? 0))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('for some samplers calculates one step more and leaves the last level above 0 out', () => {
    const whole = [...calculateSigmas(schedule, 'karras', 9)];
    const kept = calculateSigmas(schedule, 'karras', 8, { discardsPenultimate: true });
    expect([...kept]).toEqual([...whole.slice(0, 8), 0]);
  });

  it('with denoise takes the clean end of a longer schedule', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.05, max: 0.99, noNaN: true }),
        (steps, denoise) => {
          const whole = calculateSigmas(schedule, 'karras', Math.trunc(steps / denoise));
          expect(calculateSigmas(schedule, 'karras', steps, { denoise })).toEqual(whole.slice(-(steps + 1)));
        },
      ),
    );
  });

  it('has nothing to do at denoise 0', () => {
    expect(calculateSigmas(schedule, 'normal', 20, { denoise: 0 })).toHaveLength(0);
  });

  it('refuses a denoise so small that the schedule would not fit in memory', () => {
    expect(() => calculateSigmas(schedule, 'normal', 20, { denoise: 1e-9 })).toThrow(EngineError);
  });
});
