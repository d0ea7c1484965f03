import fc from 'fast-check';
import { expect, it } from 'vitest';
import { coloursOf, rasterOf, rasters } from '../test/rasters.ts';
import { describeRaster } from './describe-raster.ts';

it('counts every pixel once', () => {
  fc.assert(
    fc.property(rasters(), (picture) => {
      const colours = coloursOf(picture);
      const facts = describeRaster(picture);
      expect(facts.opaquePixels + facts.transparentPixels).toBe(colours.length);
      expect(facts.transparentPixels).toBe(colours.filter((colour) => colour === null).length);
      expect(facts.colours).toBe(new Set(colours.filter((colour) => colour !== null)).size);
      expect(facts.blank).toBe(new Set(colours).size === 1);
    }),
  );
});

it('tells half-transparent pixels from both others', () => {
  const picture = { ...rasterOf(3, [1, 2, null]), rgba: Uint8Array.from([0, 0, 1, 255, 0, 0, 2, 9, 0, 0, 0, 0]) };
  expect(describeRaster(picture)).toMatchObject({ opaquePixels: 1, translucentPixels: 1, transparentPixels: 1 });
});
