import type { Finding } from './finding.ts';

/** What the findings have to contain for a gate to pass. */
export interface Expectation {
  /** Probes that decide. Each needs at least one finding. */
  readonly required: readonly string[];
  /** Those of them that may answer `not-applicable`. */
  readonly mayNotApply: readonly string[];
}

/** Result of a gate. */
export type GateResult = 'pass' | 'fail' | 'undecided';

/** Result with the findings that stand in the way of `pass`, worst first. */
export interface Evaluation {
  readonly result: GateResult;
  readonly blocking: readonly Finding[];
  /** Required probes that gave no finding at all. */
  readonly silent: readonly string[];
}

/**
 * Turns findings into a result. `pass` needs at least one finding of every required probe, all of them `met`, or
 * `not-applicable` where that is allowed, and at least one `met`. A single `unmet` is `fail`; everything else that is
 * not an answer (missing, error, open, not applicable where it should be) is `undecided`.
 */
export function evaluate(findings: readonly Finding[], { required, mayNotApply }: Expectation): Evaluation {
  const deciding = findings.filter(({ probe }) => required.includes(probe));
  const blocks = ({ probe, outcome }: Finding): boolean =>
    outcome !== 'met' && !(outcome === 'not-applicable' && mayNotApply.includes(probe));
  const open = deciding.filter(blocks);
  const unmet = open.filter(({ outcome }) => outcome === 'unmet');
  const silent = required.filter((id) => !deciding.some(({ probe }) => probe === id));
  const passes = open.length === 0 && silent.length === 0 && deciding.some(({ outcome }) => outcome === 'met');
  return {
    result: unmet.length > 0 ? 'fail' : passes ? 'pass' : 'undecided',
    blocking: [...unmet, ...open.filter(({ outcome }) => outcome !== 'unmet')],
    silent,
  };
}
