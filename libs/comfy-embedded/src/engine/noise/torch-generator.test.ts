import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenNoise, largestDifference } from '../../../test/engine/golden.ts';
import { scaledLinearSchedule, sigmaRange } from '../noise-schedule.ts';
import { startingLatent } from './starting-latent.ts';
import { stepNoise } from './step-noise.ts';
import { torchGenerator } from './torch-generator.ts';

const cases = goldenNoise.map((row) => ({ ...row, name: `seed ${row.seed}, shape ${row.shape.join('×')}` }));

describe('torchGenerator', () => {
  it.each(cases)('repeats torch.randn for $name', ({ seed, values, second }) => {
    const generator = torchGenerator(BigInt(seed));
    expect(largestDifference(generator.randn(values.length), values)).toBeLessThan(1e-6);
    if (second === undefined) return;
    expect(largestDifference(generator.randn(values.length).subarray(0, second.length), second)).toBeLessThan(1e-6);
  });

  it('gives the first image of a batch the noise of a batch of one', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.integer({ min: 2, max: 8 }), (seed, batch) => {
        const one = torchGenerator(seed).randn(4 * 16 * 16);
        expect(
          torchGenerator(seed)
            .randn(batch * one.length)
            .subarray(0, one.length),
        ).toEqual(one);
      }),
      { numRuns: 20 },
    );
  });

  it('draws finite values of mean 0 and variance 1', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (seed) => {
        const values = torchGenerator(seed).randn(4096);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        expect(Math.abs(mean)).toBeLessThan(0.1);
        expect(Math.abs(variance - 1)).toBeLessThan(0.15);
      }),
      { numRuns: 20 },
    );
  });
});

describe('stepNoise', () => {
  it('is the row of draws of the next seed, so that it does not repeat the starting noise', () => {
    const draw = stepNoise(41n, 20);
    const generator = torchGenerator(42n);
    expect(draw()).toEqual(generator.randn(20));
    expect(draw()).toEqual(generator.randn(20));
    expect(stepNoise(41n, 20)()).not.toEqual(torchGenerator(41n).randn(20));
  });

  it('wraps the largest seed round', () => {
    expect(stepNoise(2n ** 64n - 1n, 20)()).toEqual(torchGenerator(0n).randn(20));
  });
});

describe('startingLatent', () => {
  const schedule = scaledLinearSchedule({ betaStart: 0.00085, betaEnd: 0.012, trainTimesteps: 1000 });
  const noise = torchGenerator(7n).randn(16);

  it('scales noise by √(1 + σ²) at the top of the schedule', () => {
    const { max } = sigmaRange(schedule);
    const wanted = noise.map((value) => value * Math.sqrt(1 + max ** 2));
    expect(largestDifference(startingLatent(schedule, new Float32Array(16), 7n, max), wanted)).toBeLessThan(1e-5);
  });

  it('adds noise of level σ to the latent below the top', () => {
    const latent = Float32Array.from({ length: 16 }, (_, i) => i / 8 - 1);
    const wanted = noise.map((value, i) => value * 2.5 + latent[i]!);
    expect(largestDifference(startingLatent(schedule, latent, 7n, 2.5), wanted)).toBeLessThan(1e-6);
  });
});
