import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coloursOf, rasterOf, rasters } from '../test/rasters.ts';
import { cutOutSprite, findBackground } from './background.ts';

/** A subject in a margin of two pixels. */
function framed(subject: readonly (number | null)[], side: number, margin: () => number) {
  const whole = side + 4;
  return rasterOf(
    whole,
    Array.from({ length: whole * whole }, (_none, at) => {
      const [x, y] = [(at % whole) - 2, Math.floor(at / whole) - 2];
      return x >= 0 && y >= 0 && x < side && y < side ? (subject[y * side + x] ?? null) : margin();
    }),
  );
}

describe('cutOutSprite', () => {
  it('clears a noisy background and nothing of the subject', async () => {
    const noise = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 200, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(
        noise,
        fc.array(fc.constantFrom(0x102030, 0x0000ff), { minLength: 9, maxLength: 9 }),
        async (levels, subject) => {
          let next = 0;
          const white = (): number => 0xffffff - (levels[next++ % levels.length] ?? 0) * 0x010101;
          const colours = coloursOf(await cutOutSprite(framed(subject, 3, white), 16));
          expect(colours.filter((colour) => colour !== null)).toEqual(subject);
        },
      ),
    );
  });

  it('takes for the background what most of the border is like, not its commonest single colour', async () => {
    // Four black pixels of the subject touch the border; no two of the others are equal.
    const row = [0xfefefe, 0xfdfdfd, 0xfcfcfc, 0xfbfbfb, 0xfafafa, 0xf9f9f9, 0, 0, 0, 0];
    expect(coloursOf(await cutOutSprite(rasterOf(10, row), 8)).slice(0, 7)).toEqual([
      ...new Array<null>(6).fill(null),
      0,
    ]);
  });

  it('leaves every pixel as it is or clears it', async () => {
    await fc.assert(
      fc.asyncProperty(rasters(), async (picture) => {
        const once = coloursOf(await cutOutSprite(picture, 0));
        coloursOf(picture).forEach((colour, at) => expect([colour, null]).toContain(once[at]));
      }),
    );
  });

  it('keeps a hole inside the sprite', async () => {
    const ring = [0, 0, 0, 0, 0, 0, 9, 9, 9, 0, 0, 9, 0, 9, 0, 0, 9, 9, 9, 0, 0, 0, 0, 0, 0];
    const marks = await findBackground(rasterOf(5, ring), 0);
    expect([...marks]).toEqual(ring.map((colour, at) => (colour === 9 || at === 12 ? 0 : 1)));
  });
});

it.each([-1, 256, 0.5, Number.NaN])('findBackground refuses a tolerance of %d', async (tolerance) => {
  await expect(findBackground(rasterOf(1, [0]), tolerance)).rejects.toThrow(`${tolerance}, not a level`);
});
