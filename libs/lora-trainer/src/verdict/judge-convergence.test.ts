import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunHistory } from '../run/run-history.ts';
import { judgeConvergence } from './judge-convergence.ts';

type Validation = RunHistory['validations'][number];
const envelope = { sequence: 0, monotonic: 0, wall: '2026-01-01T00:00:00.000Z', runId: 'run', seconds: 1 };

/** A round whose cells have the base model's errors times `factor`, each off by up to `noise` of itself. */
function round(step: number, factor: number, noise = 0.01, cells = 80): Validation {
  const losses = Array.from({ length: cells }, (_none, cell) => {
    const base = 0.01 * (1 + (cell % 8));
    return base * factor * (1 + noise * Math.sin(cell * 12.9898 + step * 78.233));
  });
  const heldOut = losses.map((loss, cell) => ({ picture: String(cell >> 3), timestep: cell % 8, noise: 0, loss }));
  return { type: 'validation', ...envelope, step, heldOut, train: heldOut.slice(0, 8) };
}

const rounds = (...factors: readonly number[]) => factors.map((factor, index) => round(index * 500, factor));

describe('judgeConvergence', () => {
  it.each([
    ['falls and settles', [1, 0.8, 0.7, 0.698], 'converged', 1500],
    ['was least before the end, and rose a little', [1, 0.8, 0.7, 0.72], 'converged', 1000],
    ['rises by more than 5 % from its least', [1, 0.8, 0.7, 0.78], 'overfit', 1000],
    ['ends above the base model', [1, 1.05, 1.2], 'diverged', null],
    ['still falls', [1, 0.9, 0.8, 0.7], 'inconclusive', 1500],
    ['never leaves the base model', [1, 1.0001, 0.9999], 'inconclusive', null],
  ] as const)('%s', (_what, factors, verdict, recommendedStep) => {
    expect(judgeConvergence(rounds(...factors))).toMatchObject({ verdict, recommendedStep });
  });

  it('needs the base model and one round more, and believes no run that was not finite', () => {
    expect(judgeConvergence([]).verdict).toBe('inconclusive');
    expect(judgeConvergence(rounds(1)).verdict).toBe('inconclusive');
    expect(judgeConvergence([round(500, 0.8), round(1000, 0.7)]).verdict).toBe('inconclusive');
    expect(judgeConvergence(rounds(1, 0.7, 0.7), { notFinite: true })).toMatchObject({ verdict: 'diverged' });
  });

  it('pairs cells by picture, timestep and noise, whatever their order', () => {
    const [base, later] = [round(0, 1), round(500, 0.7)];
    const turned = { ...later, heldOut: later.heldOut.toReversed() };
    const inOrder = judgeConvergence([base, later]).rounds[1]?.againstBase;
    const reversed = judgeConvergence([base, turned]).rounds[1]?.againstBase;
    expect(reversed?.mean).toBeCloseTo(inOrder?.mean ?? 0, 12);
    expect(reversed?.high ?? 0).toBeLessThan(0);
    expect(reversed?.n).toBe(80);
  });

  it('recommends only what is better than the base model beyond chance, and of equals the earlier', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.3, max: 1.5, noNaN: true }), { minLength: 1, maxLength: 8 }),
        (factors) => {
          const { recommendedStep, rounds: judged, verdict } = judgeConvergence(rounds(1, ...factors));
          const better = judged.filter(({ step, againstBase }) => step > 0 && againstBase.high < 0);
          const least = Math.min(...better.map(({ heldOut }) => heldOut));
          expect(recommendedStep).toBe(better.find(({ heldOut }) => heldOut === least)?.step ?? null);
          if (verdict === 'converged') expect(recommendedStep).not.toBeNull();
        },
      ),
      { numRuns: 30 },
    );
  });
});
