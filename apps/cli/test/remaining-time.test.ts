import { describe, expect, it } from 'vitest';
import { createProgress } from '../src/output/progress.ts';
import { durationText, watchRemainingTime } from '../src/output/remaining-time.ts';

describe('watchRemainingTime', () => {
  it('says nothing at first, then what follows from the pace so far', () => {
    let now = 1000;
    const remaining = watchRemainingTime(() => now);
    const estimate = (fraction: number | undefined): number | null => remaining.estimate(fraction);
    expect(estimate(0)).toBeNull();
    now += 10_000;
    expect(estimate(0.04)).toBeNull();
    expect(estimate(0.25)).toBe(30);
    now += 20_000;
    expect(estimate(0.75)).toBe(10);
    expect(estimate(1)).toBe(0);
  });

  it('starts anew with new work', () => {
    let now = 0;
    const remaining = watchRemainingTime(() => now);
    const estimate = (fraction: number | undefined): number | null => remaining.estimate(fraction);
    estimate(0);
    now = 50_000;
    estimate(0.9);
    expect(estimate(0.1)).toBeNull();
    now = 51_000;
    expect(estimate(0.6)).toBe(1);
    expect(estimate(undefined)).toBeNull();
    expect(estimate(0.9)).toBeNull();
  });

  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [185, '3 min 05 s'],
    [4380, '1 h 13 min'],
  ])('writes %d as %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });
});

describe('progress', () => {
  const show = (isTTY: boolean): string => {
    let written = '';
    const stream = { isTTY, columns: 60, write: (text: string) => (written += text) };
    const progress = createProgress({ quiet: false, stream });
    for (let step = 0; step <= 10; step += 1) progress.update(`step ${step} of 10`, step / 10);
    progress.done();
    return written;
  };

  it('is redrawn with the time that is left on a terminal', () => {
    expect(show(true).split('\r\u001b[K')).toContainEqual(expect.stringMatching(/^ 50 % {2}step 5 of 10, \d+ s left$/));
    expect(show(true)).not.toContain('\n');
  });

  it('is plain lines elsewhere', () => {
    const text = show(false);
    expect(text).toContain(' 50 %  step 5 of 10\n');
    for (const sign of ['\r', '\u001b', 'left']) expect(text).not.toContain(sign);
  });
});
