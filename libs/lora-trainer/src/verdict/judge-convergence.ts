import { type MeanInterval, pairedBootstrap } from '@dgx-pixels/image-metrics';
import type { RunHistory } from '../run/run-history.ts';

type Validation = RunHistory['validations'][number];

/** How a run came out, by the rule of `judgeConvergence`. */
export type ConvergenceVerdict = 'converged' | 'overfit' | 'diverged' | 'inconclusive';

/** The fixed grid at one step. */
export interface ValidationRound {
  readonly step: number;
  /** Mean squared error over the cells of the held-out pictures. */
  readonly heldOut: number;
  /** The same of the training pictures that are measured likewise; null without any. */
  readonly train: number | null;
  /** Held-out error less that at step 0, cell by cell; below 0 is better than the base model. */
  readonly againstBase: MeanInterval;
  /** Held-out error less that of the best round, cell by cell. */
  readonly againstBest: MeanInterval;
}

/** What can be said about a run. */
export interface Convergence {
  readonly verdict: ConvergenceVerdict;
  /** Why, in one sentence. */
  readonly reason: string;
  /** Step of the checkpoint to use; null when none is better than the base model. */
  readonly recommendedStep: number | null;
  readonly rounds: readonly ValidationRound[];
}

/** Bounds of the rule. */
const convergenceRule = {
  /** The error of the last two rounds differs by less: it has settled. */
  settledChange: 0.01,
  /** The last error lies this much above the least one: overfit. */
  overfitFactor: 1.05,
  /** An error this much above that of the base model: diverged. */
  divergedFactor: 1.1,
  seed: 1,
} as const;

/**
 * Judges a run by its held-out pictures alone; the loss of training says next to nothing, since it depends on the timesteps
 * that were drawn. The rule, first match counts:
 *
 * - diverged: an error that is not finite ended the run, or the last round lies above 1.1 × the base model's;
 * - overfit: the last round lies above 1.05 × the best one, and the interval of their paired difference above 0;
 * - converged: some round is better than the base model, its interval below 0, and the error has settled (the last two
 *   rounds differ by less than 1 %) or was least before the last round;
 * - inconclusive: everything else, such as fewer than two rounds.
 *
 * Intervals: paired bootstrap over the cells, 95 %. Recommended is the round of least error among those whose interval
 * lies below 0, the earlier one of equals.
 */
export function judgeConvergence(
  validations: readonly Validation[],
  { notFinite = false }: { readonly notFinite?: boolean } = {},
): Convergence {
  const rounds = roundsOf(validations);
  const [base] = rounds;
  const last = rounds.at(-1);
  const better = rounds.filter(({ step, againstBase }) => step > 0 && againstBase.high < 0);
  const best = better.toSorted((one, other) => one.heldOut - other.heldOut)[0] ?? null;
  const recommendedStep = best?.step ?? null;
  const say = (verdict: ConvergenceVerdict, reason: string): Convergence => ({
    verdict,
    reason,
    recommendedStep,
    rounds,
  });
  if (notFinite) return say('diverged', 'the loss was not finite ten times in a row');
  if (base === undefined || last === undefined || base.step !== 0 || rounds.length < 2) {
    return say('inconclusive', 'there are no two rounds of validation, the first before training');
  }
  const relative = last.heldOut / base.heldOut;
  if (relative > convergenceRule.divergedFactor) {
    return say('diverged', `the last held-out error is ${relative.toFixed(3)} of the base model's`);
  }
  const least = Math.min(...rounds.map(({ heldOut }) => heldOut));
  if (last.heldOut > convergenceRule.overfitFactor * least && last.againstBest.low > 0) {
    const factor = (last.heldOut / least).toFixed(3);
    return say(
      'overfit',
      `the held-out error rose to ${factor} of its least value, at update ${stepOf(rounds, least)}`,
    );
  }
  if (best === null) return say('inconclusive', 'no round is better than the base model beyond chance');
  const before = rounds.at(-2)?.heldOut ?? Number.NaN;
  const change = Math.abs(last.heldOut / before - 1);
  const settled = change < convergenceRule.settledChange;
  const leastEarlier = stepOf(rounds, least) < last.step;
  if (!settled && !leastEarlier) {
    return say('inconclusive', `the held-out error still falls: by ${(change * 100).toFixed(1)} % in the last round`);
  }
  const fell = ((1 - best.heldOut / base.heldOut) * 100).toFixed(1);
  return say(
    'converged',
    `the held-out error fell by ${fell} % and ${settled ? 'has settled' : `was least at update ${stepOf(rounds, least)}`}`,
  );
}

function stepOf(rounds: readonly ValidationRound[], heldOut: number): number {
  return rounds.find((round) => round.heldOut === heldOut)?.step ?? 0;
}

function roundsOf(validations: readonly Validation[]): readonly ValidationRound[] {
  const usable = validations.filter(({ heldOut }) => heldOut.length > 0);
  const [first] = usable;
  if (first === undefined) return [];
  const means = usable.map(({ heldOut }) => meanOf(heldOut.map(({ loss }) => loss)));
  const best = usable[means.indexOf(Math.min(...means))] ?? first;
  return usable.map((validation, index) => ({
    step: validation.step,
    heldOut: means[index] ?? Number.NaN,
    train: validation.train.length === 0 ? null : meanOf(validation.train.map(({ loss }) => loss)),
    againstBase: differences(validation, first),
    againstBest: differences(validation, best),
  }));
}

/** Paired by picture, timestep and noise. */
function differences(one: Validation, other: Validation): MeanInterval {
  const key = ({ picture, timestep, noise }: Validation['heldOut'][number]): string =>
    `${picture} ${timestep} ${noise}`;
  const losses = new Map(other.heldOut.map((cell) => [key(cell), cell.loss]));
  const paired = one.heldOut.flatMap((cell) => {
    const loss = losses.get(key(cell));
    return loss === undefined ? [] : [cell.loss - loss];
  });
  return pairedBootstrap(paired.length === 0 ? [0] : paired, convergenceRule.seed);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
