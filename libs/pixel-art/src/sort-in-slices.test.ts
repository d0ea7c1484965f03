import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortInSlices } from './sort-in-slices.ts';

it('sorts as the language does, equal ones in their order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 9000 }), fc.integer({ min: 1, max: 100 }), async (length, keys) => {
      const items = Array.from({ length }, (_none, place) => ({ key: (place * 7919) % keys, place }));
      const byKey = (one: { key: number }, other: { key: number }) => one.key - other.key;
      expect(await sortInSlices(items, byKey)).toEqual(items.toSorted(byKey));
    }),
    { numRuns: 30 },
  );
});
