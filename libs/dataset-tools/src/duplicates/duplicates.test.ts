import { pixelWords, type Raster } from '@dgx-pixels/pixel-art';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomRaster, rasterOf } from '../../test/random-raster.ts';
import { canonicalPixelsSha256 } from '../pixels/canonical-pixels.ts';
import { allMoved, moveCount, moved } from './eight-moves.ts';
import { findDuplicates } from './find-duplicates.ts';
import { JoinedGroups } from './joined-groups.ts';
import { joinNearPairs } from './near-pairs.ts';
import { pictureKeys } from './picture-keys.ts';

const named = (rasters: readonly Raster[]) =>
  rasters.map((raster, index) => ({ id: canonicalPixelsSha256(raster), name: `p${index}`, raster }));

/** The picture with all but its first two pixels transparent. */
function mostlyEmpty(raster: Raster): Raster {
  return { ...raster, rgba: raster.rgba.map((byte, at) => (at < 8 ? byte : 0)) };
}

function withChanged(raster: Raster, pixels: readonly number[]): Raster {
  const rgba = Uint8Array.from(raster.rgba);
  for (const pixel of pixels) rgba.set([7, 7, 7, 255], pixel * 4);
  return { ...raster, rgba };
}

/** Best share of equal pixels in the positions in which two pictures are nearly equal, by comparing everything; else 0. */
function nearShare(one: Raster, other: Raster): number {
  const shares = allMoved(one).map((turned) => {
    if (turned.width !== other.width || turned.height !== other.height) return 0;
    const pairs = [...pixelWords(turned)].map((word, pixel) => [word, pixelWords(other)[pixel]] as const);
    const equal = pairs.filter(([word, same]) => word === same).length;
    const visible = pairs.filter((words) => words.some((word) => word !== 0)).length;
    const isNear = visible > 0 && equal >= pairs.length * 0.9 && pairs.length - equal <= visible / 2;
    return isNear ? equal / pairs.length : 0;
  });
  return Math.max(...shares);
}

describe('moved', () => {
  it('gives eight positions that can all be reached from each other', () => {
    fc.assert(
      fc.property(randomRaster(), (raster) => {
        const all = new Set(
          Array.from({ length: moveCount }, (_move, move) => canonicalPixelsSha256(moved(raster, move))),
        );
        for (let move = 0; move < moveCount; move++) {
          const again = new Set(
            Array.from({ length: moveCount }, (_move, next) => canonicalPixelsSha256(moved(moved(raster, move), next))),
          );
          expect(again).toEqual(all);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('turns clockwise and flips from side to side', () => {
    const corner = rasterOf(2, 2, [1, 0, 0, 0]);
    expect(moved(corner, 1)).toEqual(rasterOf(2, 2, [0, 1, 0, 0]));
    expect(moved(corner, 4)).toEqual(rasterOf(2, 2, [0, 1, 0, 0]));
    expect(moved(rasterOf(2, 1, [1, 2]), 1)).toEqual(rasterOf(1, 2, [1, 2]));
  });
});

describe('pictureKeys', () => {
  it('does not depend on flips, turns and margins', () => {
    fc.assert(
      fc.property(randomRaster(), fc.nat(moveCount - 1), (raster, move) => {
        expect(pictureKeys(moved(raster, move))).toEqual(pictureKeys(raster));
      }),
      { numRuns: 50 },
    );
  });

  it('is equal in shape for a palette swap alone', () => {
    const swap = (pixels: readonly number[]) =>
      rasterOf(
        3,
        3,
        pixels.map((pixel) => [0, 3, 2, 1][pixel] ?? 0),
      );
    const pixels = [1, 2, 0, 1, 1, 0, 2, 0, 0];
    expect(pictureKeys(swap(pixels)).shapes).toBe(pictureKeys(rasterOf(3, 3, pixels)).shapes);
    expect(pictureKeys(rasterOf(3, 3, [1, 2, 0, 1, 2, 0, 2, 0, 0])).shapes).not.toBe(
      pictureKeys(rasterOf(3, 3, pixels)).shapes,
    );
    expect(pictureKeys(rasterOf(2, 2, [1, 1, 1, 1])).shapes).toBeNull();
  });
});

describe('joinNearPairs', () => {
  const size = { width: 6, height: 6 };
  /** Pictures and copies of them, turned and with up to five pixels changed; some mostly empty. */
  const collection = fc
    .tuple(
      fc.array(fc.oneof(randomRaster(size), randomRaster(size).map(mostlyEmpty)), { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(35), { maxLength: 5 }),
      fc.nat(7),
    )
    .map(([rasters, changed, move]) => [...rasters, ...rasters.map((one) => withChanged(moved(one, move), changed))]);

  it('makes the groups that comparing everything makes, of pairs that are nearly equal', async () => {
    await fc.assert(
      fc.asyncProperty(collection, async (rasters) => {
        const [found, expected] = [new JoinedGroups(rasters.length), new JoinedGroups(rasters.length)];
        for (const [first, one] of rasters.entries()) {
          for (const [second, other] of rasters.entries()) {
            if (second > first && nearShare(one, other) > 0) expected.join(first, second);
          }
        }
        const pairs = await joinNearPairs(rasters, found);
        const places = [...rasters.keys()];
        expect(places.map((place) => found.firstOf(place))).toEqual(places.map((place) => expected.firstOf(place)));
        for (const { first, second, share } of pairs) {
          const [one, other] = [rasters[first], rasters[second]];
          expect(one !== undefined && other !== undefined && nearShare(one, other)).toBeCloseTo(share, 9);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('does not take emptiness for likeness', async () => {
    const one = rasterOf(
      10,
      10,
      Array.from({ length: 100 }, (_pixel, at) => (at === 11 || at === 12 ? 1 : 0)),
    );
    const other = rasterOf(
      10,
      10,
      Array.from({ length: 100 }, (_pixel, at) => (at === 55 || at === 56 ? 2 : 0)),
    );
    expect(await joinNearPairs([one, other], new JoinedGroups(2))).toEqual([]);
  });

  it('stops when asked to', async () => {
    const rasters = [rasterOf(2, 2, [1, 2, 0, 1])];
    await expect(joinNearPairs(rasters, new JoinedGroups(1), { signal: AbortSignal.abort() })).rejects.toThrow('abort');
  });
});

describe('findDuplicates', () => {
  it('joins turned, nearly equal and recoloured pictures to groups, whatever their order', async () => {
    const [bird, tree] = [
      rasterOf(4, 5, [0, 1, 1, 0, 1, 2, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 3, 0, 0, 3]),
      rasterOf(4, 5, [0, 2, 2, 0, 2, 2, 2, 2, 2, 2, 2, 2, 0, 4, 0, 0, 0, 4, 0, 0]),
    ];
    const pictures = named([bird, moved(bird, 5), withChanged(bird, [0, 3]), tree, rasterOf(2, 2, [1, 0, 0, 2])]);
    const swapped = rasterOf(4, 5, [0, 5, 5, 0, 5, 5, 5, 5, 5, 5, 5, 5, 0, 1, 0, 0, 0, 1, 0, 0]);
    const all = [...pictures, { id: canonicalPixelsSha256(swapped), name: 'q', raster: swapped }];
    const ids = all.map(({ id }) => id);
    const { groups, links } = await findDuplicates(all);
    expect(ids.map((id) => ids.indexOf(groups.get(id) ?? ''))).toEqual([0, 0, 0, 3, 4, 3]);
    const reasons = links.map(({ id, of, reason }) => `${ids.indexOf(id)} ${reason} ${ids.indexOf(of)}`);
    expect(reasons).toEqual(['1 turned 0', '5 palette-swap 3', '2 nearly-equal 0']);
    expect(await findDuplicates(all.toReversed())).toEqual({ groups, links });
  });

  it('names as many links as hold the groups together, and tells its progress to the end', async () => {
    const pictures = fc.uniqueArray(randomRaster({ most: 3 }), { maxLength: 20, selector: canonicalPixelsSha256 });
    await fc.assert(
      fc.asyncProperty(pictures, async (rasters) => {
        const steps: (readonly [number, number])[] = [];
        const { links, groups } = await findDuplicates(named(rasters), {
          onProgress: (done, total) => steps.push([done, total]),
        });
        expect(links).toHaveLength(rasters.length - new Set(groups.values()).size);
        expect(steps.map(([done]) => done)).toEqual(steps.map((_step, index) => index + 1));
        expect(steps).toHaveLength(2 * rasters.length);
      }),
      { numRuns: 40 },
    );
  });
});
