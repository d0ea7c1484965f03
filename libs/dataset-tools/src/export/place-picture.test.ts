import type { Raster } from '@dgx-pixels/pixel-art';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomRaster } from '../../test/random-raster.ts';
import { bucketLimits, bucketsNearestTo } from './aspect-buckets.ts';
import { bakeAlpha } from './bake-alpha.ts';
import { contrastingBackground } from './choose-background.ts';
import { drawInFrame, placePicture, takeFromFrame } from './place-picture.ts';

const side = fc.constantFrom(128, 256, 512, 1024);

describe('placePicture', () => {
  it('fills whole latent cells with the largest multiple of 8, as near to the middle as whole art pixels get', () => {
    const natives = fc.record({ width: fc.integer({ min: 1, max: 128 }), height: fc.integer({ min: 1, max: 128 }) });
    fc.assert(
      fc.property(natives, side, side, (native, width, height) => {
        const placement = placePicture(native, { width, height }, null);
        const fits = (factor: number): boolean => native.width * factor <= width && native.height * factor <= height;
        if (placement === null) {
          expect(fits(8)).toBe(false);
          return;
        }
        const { factor, left, top } = placement;
        expect([factor % 8, left % factor, top % factor]).toEqual([0, 0, 0]);
        expect([fits(factor), fits(factor + 8)]).toEqual([true, false]);
        const right = width - left - native.width * factor;
        const bottom = height - top - native.height * factor;
        expect([right - left < 2 * factor && right >= left, bottom - top < 2 * factor && bottom >= top]).toEqual([
          true,
          true,
        ]);
      }),
    );
  });

  it.each([
    [16, 1024, { factor: 64, left: 0, top: 0 }],
    [32, 1024, { factor: 32, left: 0, top: 0 }],
    [48, 1024, { factor: 16, left: 128, top: 128 }],
    [128, 1024, { factor: 8, left: 0, top: 0 }],
    [24, 1024, { factor: 40, left: 0, top: 0 }],
    [129, 1024, null],
    [33, 256, null],
  ])('puts %i art pixels into %i', (native, frame, placement) => {
    expect(placePicture({ width: native, height: native }, { width: frame, height: frame }, null)).toEqual(placement);
  });

  it('takes a given factor or nothing', () => {
    const native = { width: 24, height: 16 };
    expect(placePicture(native, { width: 256, height: 256 }, 8)).toEqual({ factor: 8, left: 32, top: 64 });
    expect(placePicture(native, { width: 256, height: 256 }, 16)).toBeNull();
  });
});

describe('takeFromFrame', () => {
  it('undoes drawInFrame, and refuses a frame of which one channel of one pixel is another', () => {
    const frame = { width: 192, height: 256 };
    fc.assert(
      fc.property(randomRaster({ most: 20 }), fc.nat(frame.width * frame.height * 4 - 1), (raster, at) => {
        const baked = bakeAlpha(raster, '#ff00ff');
        const placement = placePicture(baked, frame, null)!;
        const framed = drawInFrame(baked, frame, placement, '#ff00ff');
        expect(takeFromFrame(framed, baked, placement, '#ff00ff')).toEqual(baked);
        const broken: Raster = { ...framed, rgba: Uint8Array.from(framed.rgba) };
        broken.rgba[at] = (broken.rgba[at] ?? 0) ^ 1;
        expect(takeFromFrame(broken, baked, placement, '#ff00ff')).toBeNull();
        expect(takeFromFrame(framed, baked, { ...placement, left: frame.width }, '#ff00ff')).toBeNull();
      }),
      { numRuns: 40 },
    );
  });
});

describe('bakeAlpha', () => {
  it('shows nothing that hides under transparent pixels, and blends what is translucent', () => {
    const rgba = Uint8Array.of(9, 9, 9, 0, 255, 0, 0, 255, 255, 0, 0, 128);
    expect([...bakeAlpha({ width: 3, height: 1, rgba }, '#0000ff').rgba]).toEqual([
      ...[0, 0, 255, 255],
      ...[255, 0, 0, 255],
      ...[128, 0, 127, 255],
    ]);
  });
});

describe('contrastingBackground', () => {
  it('is the plain colour farthest from the picture', () => {
    expect(contrastingBackground(['#ffffff', '#f0f0f0'])).toBe('#000000');
    expect(contrastingBackground(['#000000'])).toBe('#ffffff');
    expect(contrastingBackground([])).toBe('#ffffff');
    const every = ['#ffffff', '#000000', '#808080', '#00ff00', '#00ffff'];
    expect(contrastingBackground(every)).toBe('#ff00ff');
  });
});

describe('bucketsNearestTo', () => {
  it('are multiples of 64 of at most the area, the square among them, the nearest shape first', () => {
    const natives = fc.record({ width: fc.integer({ min: 1, max: 64 }), height: fc.integer({ min: 1, max: 64 }) });
    fc.assert(
      fc.property(natives, side, (native, size) => {
        const square = { width: size, height: size };
        const buckets = bucketsNearestTo(native, square);
        const { shortest, longest } = bucketLimits(square);
        for (const { width, height } of buckets) {
          expect([width % 64, height % 64, width * height <= size * size]).toEqual([0, 0, true]);
          expect([Math.min(width, height) >= shortest, Math.max(width, height) <= longest]).toEqual([true, true]);
        }
        expect(buckets).toContainEqual(square);
        const [first] = buckets;
        const apart = (one: { width: number; height: number }): number =>
          Math.abs(Math.log(one.width / one.height) - Math.log(native.width / native.height));
        expect(Math.min(...buckets.map(apart))).toBeCloseTo(apart(first!), 8);
      }),
    );
  });

  it('has the buckets of SDXL', () => {
    const square = { width: 1024, height: 1024 };
    const nearest = (width: number, height: number) => bucketsNearestTo({ width, height }, square)[0];
    expect(nearest(16, 16)).toEqual(square);
    expect(nearest(24, 32)).toEqual({ width: 896, height: 1152 });
    expect(nearest(32, 16)).toEqual({ width: 1408, height: 704 });
    expect(nearest(8, 64)).toEqual({ width: 512, height: 2048 });
  });
});
