import { describe, expect, it } from 'vitest';
import { drawDisc, drawDiscs } from '../../test/draw-disc.ts';
import { drawLetters } from '../../test/draw-letters.ts';
import { paletteDistance } from '../pixel-art/palette-distance.ts';
import { calibrate } from './calibrate.ts';

describe('calibrate', () => {
  it('is 0 within a set of equal pictures, whose scale is what measures can resolve', async () => {
    const { within, scales, nearest, pictures } = await calibrate(
      Array.from({ length: 6 }, () => drawDisc(1, 'bright')),
    );
    expect(Object.values(within)).toEqual(Array(8).fill({ median: 0, p90: 0 }));
    expect(scales).toMatchObject({ palette: 0.01, colours: 0.25, edges: 0.01, fill: 0.01 });
    expect([nearest.difference, nearest.pairs, pictures]).toEqual([0, 15, 6]);
  });

  it('compares each picture with the other half, never with itself', async () => {
    // Four colours that lie about as far from each other, by 0.34 to 0.42: so does each from any two of the others.
    const colours = { g: [0, 128, 0], b: [0, 128, 255], c: [0, 255, 255], p: [255, 128, 128] } as const;
    const set = Object.keys(colours).map((letter) => drawLetters([letter], colours));
    const distances = set.flatMap((one, place) =>
      set.slice(place + 1).map((other) => paletteDistance(one, other).value ?? 0),
    );
    const { palette } = (await calibrate(set)).within;
    expect(palette.median).toBeGreaterThanOrEqual(Math.min(...distances));
    expect(palette.p90).toBeLessThanOrEqual(Math.max(...distances));
    expect(Math.min(...distances) / Math.max(...distances)).toBeGreaterThan(0.8);
  });

  it('finds a set of two styles wider than either', async () => {
    const one = await calibrate(drawDiscs(1, 12, 'bright'));
    const two = await calibrate([...drawDiscs(1, 6, 'bright'), ...drawDiscs(50, 6, 'flat')]);
    for (const measure of ['palette', 'colours', 'edges'] as const) {
      expect(two.within[measure].p90).toBeGreaterThan(2 * one.within[measure].p90);
    }
    expect(one.within.style.median).toBeLessThanOrEqual(one.within.style.p90);
  });

  it('is the same for the same seed, and next to the same for another', async () => {
    const set = drawDiscs(1, 16, 'bright');
    const [one, again, other] = [await calibrate(set), await calibrate(set), await calibrate(set, { seed: 2 })];
    expect(again).toEqual(one);
    expect(other.seed).toBe(2);
    expect(other.within.palette.median / one.within.palette.median).toBeCloseTo(1, 0);
    expect(other.nearest).toEqual(one.nearest);
  });

  it('says whether backgrounds are cut away: when most pictures have none', async () => {
    const opaque = drawLetters(['kw', 'wr']);
    expect((await calibrate([...drawDiscs(1, 3, 'flat'), opaque])).background).toBe('cut out');
    expect((await calibrate([...drawDiscs(1, 2, 'flat'), opaque, opaque])).background).toBe('as given');
  });

  it('takes a sample of a large set, pictures and pairs', async () => {
    const tiny = ['kw', 'kr', 'ww', 'wr', 'k.'].map((row) => drawLetters([row]));
    const many = Array.from({ length: 130 }, () => tiny).flat();
    const { pictures, nearest } = await calibrate(many);
    expect([pictures, nearest.pairs]).toEqual([512, 10_000]);
  });

  it('counts its steps up to all of them', async () => {
    const steps: (readonly [number, number])[] = [];
    await calibrate(drawDiscs(1, 5, 'flat'), { onProgress: (done, total) => steps.push([done, total]) });
    // Five measured, five compared, ten pairs.
    expect(steps).toEqual(Array.from({ length: 20 }, (_none, done) => [done + 1, 20]));
  });

  it('refuses fewer than four pictures and bytes that are none, and stops half way', async () => {
    const code = 'IMAGE_METRIC_REQUEST_INVALID';
    await expect(calibrate(drawDiscs(1, 3, 'flat'))).rejects.toMatchObject({ code });
    const broken = { width: 3, height: 3, rgba: new Uint8Array(4) };
    await expect(calibrate([...drawDiscs(1, 4, 'flat'), broken])).rejects.toMatchObject({ code });
    const stop = new AbortController();
    const onProgress = (done: number): void => {
      if (done === 12) stop.abort(new Error('enough'));
      expect(done).toBeLessThanOrEqual(12);
    };
    await expect(calibrate(drawDiscs(1, 8, 'flat'), { signal: stop.signal, onProgress })).rejects.toThrow('enough');
  });
});
