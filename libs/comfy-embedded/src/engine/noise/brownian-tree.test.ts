import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goldenBrownian, largestDifference } from '../../../test/engine/golden.ts';
import { brownianNoise } from './brownian-noise.ts';
import { brownianTree } from './brownian-tree.ts';
import { seedSequence } from './seed-sequence.ts';

const seeds = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

describe('seedSequence', () => {
  it.each(goldenBrownian.seedSequence)(
    'equals NumPy for $entropy, key $spawnKey, pool $poolSize',
    ({ entropy, spawnKey, poolSize, words }) => {
      expect([...seedSequence({ entropy: BigInt(entropy), spawnKey, poolSize }, words.length)]).toEqual(words);
    },
  );
});

describe('brownianTree', () => {
  const rows = goldenBrownian.paths.flatMap(({ increments, ...path }) =>
    increments.map((row) => ({ ...path, ...row })),
  );

  it.each(rows)(
    'gains from $from to $to what torchsde gains on [$start, $end] with seed $seed',
    ({ start, end, seed, count, from, to, values }) => {
      expect(largestDifference(brownianTree(start, end, BigInt(seed), count)(from, to), values)).toBeLessThan(1e-5);
    },
  );

  it('gains over two neighbouring spans what it gains over both, in whatever order it is asked', () => {
    const time = fc.double({ min: 0.03, max: 14, noNaN: true });
    fc.assert(
      fc.property(seeds, fc.tuple(time, time, time), (seed, times) => {
        const [a = 0, b = 0, c = 0] = times.toSorted((one, other) => one - other);
        const path = brownianTree(0.03, 14, seed, 16);
        const [second, whole, first] = [path(b, c), path(a, c), path(a, b)];
        const both = first.map((value, i) => value + (second[i] ?? 0));
        expect(largestDifference(whole, both)).toBeLessThan(1e-4);
      }),
      { numRuns: 25 },
    );
  });

  it('stands still over no time and beyond its ends', () => {
    const path = brownianTree(1, 2, 3n, 16);
    expect(path(1.5, 1.5)).toEqual(new Float32Array(16));
    expect(path(2, 9)).toEqual(new Float32Array(16));
    expect(path(0, 9)).toEqual(path(1, 2));
    expect(brownianTree(2, 2, 3n, 16)(1, 3)).toEqual(new Float32Array(16));
  });
});

describe('brownianNoise', () => {
  it.each(goldenBrownian.noise)('repeats BrownianTreeNoiseSampler for seed $seed', ({ seed, sigmas, draws }) => {
    const count = draws[0]?.values.length ?? 0;
    const noise = brownianNoise(Float32Array.from(sigmas), BigInt(seed), count);
    for (const { sigma, next, values } of draws) {
      expect(largestDifference(noise(sigma, next), values)).toBeLessThan(1e-5);
    }
  });

  it('is none in a step without length', () => {
    expect(brownianNoise(Float32Array.of(2, 1, 1, 0), 5n, 16)(1, 1)).toEqual(new Float32Array(16));
  });

  it('has mean 0 and variance 1 in every step', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const noise = brownianNoise(Float32Array.of(14, 6, 2, 0.5, 0), seed, 4096);
        for (const values of [noise(14, 6), noise(6, 2), noise(2, 0.5)]) {
          const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
          const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
          expect(Math.abs(mean)).toBeLessThan(0.1);
          expect(Math.abs(variance - 1)).toBeLessThan(0.15);
        }
      }),
      { numRuns: 10 },
    );
  });
});
