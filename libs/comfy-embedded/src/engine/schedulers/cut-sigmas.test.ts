import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutSigmas } from './cut-sigmas.ts';

const whole = Float32Array.of(8, 4, 2, 1, 0);

describe('cutSigmas', () => {
  it('takes the whole schedule when asked for nothing else', () => {
    expect(cutSigmas(whole, {})).toEqual(whole);
    expect(cutSigmas(whole, { startStep: 0, endStep: 10_000, forceFullDenoise: true })).toEqual(whole);
  });

  it('leaves noise over where it stops early, or ends in 0 where that is forced', () => {
    expect([...cutSigmas(whole, { endStep: 2 })]).toEqual([8, 4, 2]);
    expect([...cutSigmas(whole, { startStep: 1, endStep: 3, forceFullDenoise: true })]).toEqual([4, 2, 0]);
    expect([...whole]).toEqual([8, 4, 2, 1, 0]);
  });

  it('has no step when the start is not before the end', () => {
    expect(cutSigmas(whole, { startStep: 4 }).length).toBeLessThan(2);
    expect(cutSigmas(whole, { startStep: 3, endStep: 2 }).length).toBeLessThan(2);
    expect(cutSigmas(whole, { endStep: 0, forceFullDenoise: true }).length).toBeLessThan(2);
    expect(cutSigmas(new Float32Array(0), { startStep: 2 })).toHaveLength(0);
  });

  it('cuts into two stages that together make the steps of one run', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), (border) => {
        const [first, second] = [cutSigmas(whole, { endStep: border }), cutSigmas(whole, { startStep: border })];
        expect(first.at(-1)).toBe(second[0]);
        expect([...first, ...second.slice(1)]).toEqual([...whole]);
      }),
    );
  });
});
