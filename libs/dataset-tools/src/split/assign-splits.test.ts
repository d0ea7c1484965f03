import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseHeldOut } from './assign-splits.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
/** Pictures in groups of one to four. */
const pictures = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 60 })
  .map((sizes) =>
    sizes.flatMap((size, group) =>
      Array.from({ length: size }, (_picture, index) => ({ id: hash(`${group}/${index}`), group: hash(`${group}/0`) })),
    ),
  );

describe('chooseHeldOut', () => {
  it('never divides a group and never keeps more than asked, or a third', () => {
    fc.assert(
      fc.property(pictures, fc.constantFrom(5, 10), (all, wanted) => {
        const kept = chooseHeldOut(all, wanted);
        expect(kept.size).toBeLessThanOrEqual(Math.min(wanted, all.length / 3));
        for (const { id, group } of all) {
          const companions = all.filter((other) => other.group === group);
          expect(companions.every((other) => kept.has(other.id) === kept.has(id))).toBe(true);
        }
      }),
    );
  });

  it('keeps as many as groups can hold: no choice of groups comes nearer', () => {
    fc.assert(
      fc.property(pictures, fc.constantFrom(5, 10), (all, wanted) => {
        const most = Math.min(wanted, Math.floor(all.length / 3));
        let sums = new Set([0]);
        for (const group of new Set(all.map((picture) => picture.group))) {
          const size = all.filter((picture) => picture.group === group).length;
          sums = new Set([...sums, ...[...sums].map((sum) => sum + size)]);
        }
        expect(chooseHeldOut(all, wanted).size).toBe(Math.max(...[...sums].filter((sum) => sum <= most)));
      }),
    );
  });

  it('passes over the first groups where they would spoil the number', () => {
    const sizes = [...Array.from({ length: 9 }, () => 4), 3, 3];
    const all = sizes.flatMap((size, group) =>
      Array.from({ length: size }, (_picture, index) => ({ id: hash(`${group}/${index}`), group: hash(`${group}/0`) })),
    );
    expect(chooseHeldOut(all, 10).size).toBe(10);
  });

  it('keeps exactly ten of fifty single pictures', () => {
    const all = Array.from({ length: 50 }, (_picture, index) => ({ id: hash(`${index}`), group: hash(`${index}`) }));
    expect(chooseHeldOut(all, 10).size).toBe(10);
    expect(chooseHeldOut(all, 5).size).toBe(5);
  });

  it('does not depend on the order, and one more picture moves at most one out', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(10_000), { minLength: 31, maxLength: 60 }), (numbers) => {
        const all = numbers.map((number) => ({ id: hash(`${number}`), group: hash(`${number}`) }));
        const kept = chooseHeldOut(all, 10);
        expect(chooseHeldOut(all.toReversed(), 10)).toEqual(kept);
        const before = chooseHeldOut(all.slice(1), 10);
        expect([...before].filter((id) => !kept.has(id)).length).toBeLessThanOrEqual(1);
        expect([...kept].filter((id) => !before.has(id)).length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
