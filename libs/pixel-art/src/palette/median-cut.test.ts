import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { medianCut } from './median-cut.ts';

const counts = fc
  .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 0xffffff }), fc.integer({ min: 1, max: 50 })), {
    minLength: 1,
    maxLength: 40,
    selector: ([colour]) => colour,
  })
  .map((entries) => new Map(entries));

describe('medianCut', () => {
  it('chooses as many of the colours as it may, each once, whatever their order', async () => {
    await fc.assert(
      fc.asyncProperty(counts, fc.integer({ min: 1, max: 45 }), async (colours, size) => {
        const palette = await medianCut(colours, size);
        expect(new Set(palette).size).toBe(Math.min(size, colours.size));
        expect(palette.every((colour) => colours.has(colour))).toBe(true);
        expect(palette).toEqual(palette.toSorted((one, other) => one - other));
        expect(await medianCut(new Map([...colours].reverse()), size)).toEqual(palette);
      }),
    );
  });

  it('parts what lies far apart', async () => {
    const colours = new Map([0x000000, 0x010101, 0x020202, 0xf00000, 0xf10000, 0xffffff].map((colour) => [colour, 5]));
    expect(await medianCut(colours, 3)).toEqual([0x010101, expect.toBeOneOf([0xf00000, 0xf10000]), 0xffffff]);
  });
});
