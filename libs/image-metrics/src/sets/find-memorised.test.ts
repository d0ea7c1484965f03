import type { Raster } from '@dgx-pixels/pixel-art';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawDisc, drawDiscs } from '../../test/draw-disc.ts';
import { mirrorRaster, padRaster, shiftRaster, turnRaster } from '../../test/move-raster.ts';
import { calibrate } from './calibrate.ts';
import { findMemorised } from './find-memorised.ts';
import { preparePictures } from './prepare-pictures.ts';
import { seededNumbers } from './seeded-numbers.ts';

const train = drawDiscs(1, 8, 'bright');
const ignore = (): void => undefined;

const prepared = preparePictures(train, false, ignore);

async function flagged(generated: readonly Raster[], difference = 0, known = prepared) {
  const nearest = { difference, pairs: 1 };
  return findMemorised(await preparePictures(generated, false, ignore), await known, { nearest }, ignore);
}

/** Gives a share of the visible pixels other colours. */
function repaint({ rgba, ...size }: Raster, share: number, by: (level: number) => number): Raster {
  const next = seededNumbers(6);
  const visible = Array.from({ length: rgba.length / 4 }, (_none, pixel) => pixel * 4).filter(
    (at) => rgba[at + 3] === 255,
  );
  const painted = rgba.slice();
  const chosen = visible
    .map((at) => [next(), at] as const)
    .sort(([one], [other]) => one - other)
    .slice(0, Math.round(share * visible.length));
  for (const [, at] of chosen)
    for (let channel = at; channel < at + 3; channel++) painted[channel] = by(painted[channel] ?? 0);
  return { ...size, rgba: painted };
}

describe('findMemorised', () => {
  it('finds a copy under every flip and turn, shifted by a pixel, and names the training picture', async () => {
    const position = fc.record({ place: fc.nat(7), turns: fc.nat(3), mirror: fc.boolean() });
    const shift = fc.record({ right: fc.integer({ min: -1, max: 1 }), down: fc.integer({ min: -1, max: 1 }) });
    await fc.assert(
      fc.asyncProperty(position, shift, async ({ place, turns, mirror }, { right, down }) => {
        const original = train[place] ?? drawDisc(0, 'flat');
        const copy = turnRaster(mirror ? mirrorRaster(original) : original, turns);
        const { pictures } = await flagged([padRaster(copy, 18, 18, 1 + right, 1 + down)]);
        expect(pictures).toEqual([
          { generated: 0, train: place, reason: 'equal-pixels', difference: 0, equalShare: 1 },
        ]);
      }),
      { numRuns: 24 },
    );
  });

  it('finds a copy whose border is cut off, and one on a larger canvas', async () => {
    const original = train[3] ?? drawDisc(0, 'flat');
    const cut = shiftRaster(shiftRaster(original, 5, 0), -5, 0);
    const { pictures, share } = await flagged([padRaster(original, 40, 30, 20, 9), drawDisc(77, 'bright'), cut], 0.3);
    expect(pictures).toMatchObject([
      { train: 3, equalShare: 1 },
      { generated: 2, train: 3 },
    ]);
    expect(share).toBeCloseTo(2 / 3, 12);
  });

  it('draws the line at nine in ten equal pixels', async () => {
    const original = train[2] ?? drawDisc(0, 'flat');
    const invert = (level: number): number => 255 - level;
    const { pictures } = await flagged([repaint(original, 0.08, invert), repaint(original, 0.12, invert)]);
    expect(pictures).toMatchObject([{ generated: 0, train: 2, reason: 'equal-pixels' }]);
  });

  it('finds a recoloured copy nearer than the training pictures are to each other', async () => {
    const { nearest } = await calibrate(train);
    const recoloured = repaint(train[6] ?? drawDisc(0, 'flat'), 1, (level) => Math.min(255, level + 6));
    const { pictures } = await flagged([recoloured], nearest.difference);
    expect(pictures).toMatchObject([{ train: 6, reason: 'nearer-than-train', equalShare: 0 }]);
    expect(pictures[0]?.difference).toBeLessThan(nearest.difference);
  });

  it('flags next to none of pictures that are as independent of the set as its own are of each other', async () => {
    const set = drawDiscs(1, 20, 'bright');
    const { nearest } = await calibrate(set);
    const known = preparePictures(set, false, ignore);
    const { pictures, expectedByChance } = await flagged(drawDiscs(500, 20, 'bright'), nearest.difference, known);
    expect(expectedByChance).toBeCloseTo(20 * (1 - 0.999 ** 20), 12);
    expect(pictures.length).toBeLessThanOrEqual(2 + 2 * expectedByChance);
  });

  it('does not take pictures that show nothing for copies', async () => {
    const blank = { width: 16, height: 16, rgba: new Uint8Array(16 * 16 * 4) };
    const known = preparePictures([blank, ...train], false, ignore);
    expect((await flagged([blank], 0.5, known)).pictures).toEqual([]);
    expect(await flagged([])).toMatchObject({ share: 0, pictures: [] });
  });
});
