import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describePixelArt } from './describe-pixel-art.ts';

const [clear, red, blue, glass] = [
  [0, 0, 0, 0],
  [255, 0, 0, 255],
  [0, 0, 255, 255],
  [255, 0, 0, 100],
];
const picture = (width: number, pixels: readonly (readonly number[])[]) => ({
  width,
  height: pixels.length / width,
  rgba: Uint8Array.from(pixels.flat()),
});

describe('describePixelArt', () => {
  it('counts colours, commonest first, and leaves out what is transparent', () => {
    const facts = describePixelArt(picture(3, [red, red, clear, blue, red, clear]));
    expect(facts).toEqual({
      colours: 2,
      palette: ['#ff0000', '#0000ff'],
      alpha: 'binary',
      opaquePixels: 4,
      orphanPixels: 1,
    });
  });

  it('tells classes of alpha apart', () => {
    expect(describePixelArt(picture(1, [red, blue])).alpha).toBe('none');
    expect(describePixelArt(picture(1, [red, glass])).alpha).toBe('partial');
  });

  it('takes a diagonal neighbour for company', () => {
    expect(describePixelArt(picture(2, [red, blue, blue, red])).orphanPixels).toBe(0);
  });

  it('agrees with counting by hand', () => {
    const pixels = fc.array(fc.constantFrom(clear, red, blue, glass), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(pixels, (drawn) => {
        const facts = describePixelArt(picture(drawn.length, drawn));
        const visible = drawn.filter((pixel) => pixel !== clear).map((pixel) => pixel.slice(0, 3).join());
        expect(facts.colours).toBe(new Set(visible).size);
        expect(facts.opaquePixels).toBe(drawn.filter((pixel) => pixel === red || pixel === blue).length);
        const lonely = drawn.filter((pixel, at) => {
          const same = (other: readonly number[] | undefined) =>
            other !== undefined && other !== clear && other.slice(0, 3).join() === pixel.slice(0, 3).join();
          return pixel !== clear && !same(drawn[at - 1]) && !same(drawn[at + 1]);
        });
        expect(facts.orphanPixels).toBe(lonely.length);
      }),
    );
  });
});
