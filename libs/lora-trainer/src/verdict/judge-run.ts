import type { RunHistory } from '../run/run-history.ts';
import { type Convergence, judgeConvergence } from './judge-convergence.ts';

/** Judges what a run's events say (`judgeConvergence`). */
export function judgeRun({ validations, bye }: RunHistory): Convergence {
  return judgeConvergence(validations, { notFinite: bye?.reason === 'not-finite' });
}
