import type { Raster } from '@dgx-pixels/pixel-art';
import { describe, expect, it } from 'vitest';
import { drawDisc, drawDiscs } from '../../test/draw-disc.ts';
import { mirrorRaster } from '../../test/move-raster.ts';
import { evaluateSet } from './evaluate-set.ts';

/** The same on a white background. */
function onWhite({ width, height, rgba }: Raster): Raster {
  const filled = rgba.map((value, at) => (rgba[at - (at % 4) + 3] === 0 ? 255 : value));
  return { width, height, rgba: filled };
}

const train = drawDiscs(1, 12, 'flat');

describe('evaluateSet', () => {
  it('finds pictures in the style of the set closer than others, by palette, edges and all together', async () => {
    const [generated, base] = [drawDiscs(100, 10, 'flat'), drawDiscs(200, 10, 'bright')];
    const { measures, style, passes } = await evaluateSet({ train, generated, base });
    const verdicts = Object.fromEntries(
      measures.map(({ measure, verdict, withinSet }) => [measure, [verdict, withinSet]]),
    );
    expect(verdicts).toMatchObject({ palette: ['closer', true], edges: ['closer', true], colours: ['closer', true] });
    expect([style.verdict, style.withinSet, passes]).toEqual(['closer', true, true]);
    expect(style.difference).toMatchObject({ n: 10 });
    expect(style.difference.high).toBeLessThan(0);
  });

  it('finds them farther when generated and base change places, and by as much', async () => {
    const [near, far] = [drawDiscs(100, 10, 'flat'), drawDiscs(200, 10, 'bright')];
    const one = await evaluateSet({ train, generated: near, base: far });
    const { style, passes } = await evaluateSet({ train, generated: far, base: near });
    expect([style.verdict, style.withinSet, passes]).toEqual(['farther', false, false]);
    expect(style.difference.mean).toBeCloseTo(-one.style.difference.mean, 12);
    expect([style.generated, style.base]).toEqual([one.style.base, one.style.generated]);
  });

  it('is undecided between pictures of one style, and does not pass then', async () => {
    const other = await evaluateSet({ train, generated: drawDiscs(100, 10, 'flat'), base: drawDiscs(200, 10, 'flat') });
    expect([other.style.verdict, other.style.withinSet, other.passes]).toEqual(['undecided', true, false]);
    const bright = drawDiscs(100, 6, 'bright');
    const same = await evaluateSet({ train, generated: bright, base: bright });
    for (const { verdict, difference } of [same.style, ...same.measures]) {
      expect([verdict, difference.low, difference.mean, difference.high]).toEqual(['undecided', 0, 0, 0]);
    }
    expect(same.style.withinSet).toBe(false);
  });

  it('does not pass what is closer but still far from the set', async () => {
    const white = drawDiscs(100, 8, 'flat').map(({ rgba, ...size }) => ({
      ...size,
      rgba: rgba.map((value, at) => (at % 4 === 3 || value === 0 ? value : 250)),
    }));
    const { style, passes } = await evaluateSet({ train, generated: white, base: drawDiscs(200, 8, 'bright') });
    expect([style.verdict, style.withinSet, passes]).toEqual(['closer', false, false]);
  });

  it('says the same for the same seed, whichever way round the pictures are', async () => {
    const sets = {
      train: drawDiscs(1, 8, 'bright'),
      generated: drawDiscs(50, 5, 'bright'),
      base: drawDiscs(80, 5, 'flat'),
    };
    const one = await evaluateSet(sets, { seed: 5 });
    expect(await evaluateSet(sets, { seed: 5 })).toEqual(one);
    const mirrored = await evaluateSet({ ...sets, generated: sets.generated.map(mirrorRaster) }, { seed: 5 });
    expect(mirrored.style.generated).toBeCloseTo(one.style.generated, 9);
  });

  it('cuts painted backgrounds away when the training pictures have none', async () => {
    const painted = drawDiscs(100, 8, 'flat').map(onWhite);
    const base = drawDiscs(200, 8, 'bright');
    const { passes, calibration } = await evaluateSet({ train, generated: painted, base });
    expect([passes, calibration.background]).toEqual([true, 'cut out']);
    const kept = await evaluateSet({ train: train.map(onWhite), generated: painted, base: base.map(onWhite) });
    expect([kept.passes, kept.calibration.background]).toEqual([true, 'as given']);
  });

  it('flags a training picture among the generated ones', async () => {
    const generated = [drawDisc(300, 'bright'), mirrorRaster(train[9] ?? drawDisc(0, 'flat'))];
    const { memorisation } = await evaluateSet({
      train: [...train, drawDisc(9, 'bright')],
      generated,
      base: generated,
    });
    expect(memorisation.pictures.find((picture) => picture.generated === 1)).toMatchObject({ reason: 'equal-pixels' });
  });

  it('measures pictures that show nothing, and finds them far', async () => {
    const blank = { width: 16, height: 16, rgba: new Uint8Array(16 * 16 * 4) };
    const style = async (pairs: number) => {
      const generated = Array.from({ length: pairs }, () => blank);
      return (await evaluateSet({ train, generated, base: drawDiscs(200, pairs, 'flat') })).style;
    };
    const six = await style(6);
    expect([Number.isFinite(six.generated), six.verdict]).toEqual([true, 'farther']);
    expect((await style(5)).verdict).toBe('undecided');
  });

  it('counts its steps up to all of them', async () => {
    const steps: number[] = [];
    const totals = new Set<number>();
    const onProgress = (done: number, total: number): void => {
      steps.push(done);
      totals.add(total);
    };
    await evaluateSet({ train, generated: drawDiscs(1, 3, 'flat'), base: drawDiscs(1, 3, 'flat') }, { onProgress });
    expect([...totals]).toEqual([steps.length]);
    expect(steps).toEqual(steps.map((_done, index) => index + 1));
  });

  it('refuses sets that cannot be paired, and stops when it is told to', async () => {
    const code = 'IMAGE_METRIC_REQUEST_INVALID';
    const two = drawDiscs(1, 2, 'flat');
    for (const sets of [
      { train, generated: two, base: [] },
      { train, generated: [], base: [] },
      { train: two, generated: two, base: two },
      { train, generated: two, base: drawDiscs(1, 3, 'flat') },
    ]) {
      await expect(evaluateSet(sets)).rejects.toMatchObject({ code, hint: expect.any(String) as string });
    }
    const stop = new AbortController();
    const onProgress = (done: number): void => {
      if (done === 40) stop.abort(new Error('enough'));
      expect(done).toBeLessThanOrEqual(40);
    };
    const sets = { train, generated: two, base: two };
    await expect(evaluateSet(sets, { signal: stop.signal, onProgress })).rejects.toThrow('enough');
    await expect(evaluateSet(sets, { signal: stop.signal })).rejects.toThrow('enough');
  });
});
