import type { Summary } from '@dgx-pixels/evidence';
import type { Outcome } from './finding.ts';

/**
 * One-sided test of a median on the bounds of its interval: the interval lies below the limit (`met`), above it
 * (`unmet`), or across it (`undecided`).
 */
export function testAtMost(summary: Summary, limit: number): Outcome {
  const [lower, upper] = summary.ci95;
  if (upper <= limit) return 'met';
  return lower > limit ? 'unmet' : 'undecided';
}

/** The same test for a median that has to reach a limit from above. */
export function testAtLeast(summary: Summary, limit: number): Outcome {
  const [lower, upper] = summary.ci95;
  if (lower >= limit) return 'met';
  return upper < limit ? 'unmet' : 'undecided';
}
