import { summarise } from '@dgx-pixels/evidence';
import { describe, expect, it } from 'vitest';
import { testAtLeast, testAtMost } from './interval-test.ts';

const around = (ci95: [number, number]) => ({ ...summarise([1]), ci95 });

describe('testAtMost and testAtLeast', () => {
  it('answer by the bounds of the interval, not by the median', () => {
    expect([testAtMost(around([2, 3]), 3), testAtMost(around([2, 3.1]), 3), testAtMost(around([3.1, 4]), 3)]).toEqual([
      'met',
      'undecided',
      'unmet',
    ]);
    expect([
      testAtLeast(around([15, 20]), 15),
      testAtLeast(around([14, 20]), 15),
      testAtLeast(around([10, 14]), 15),
    ]).toEqual(['met', 'undecided', 'unmet']);
  });

  it('never call a limit met that is not a number', () => {
    expect([testAtMost(around([1, 2]), Number.NaN), testAtLeast(around([1, 2]), Number.NaN)]).not.toContain('met');
  });
});
