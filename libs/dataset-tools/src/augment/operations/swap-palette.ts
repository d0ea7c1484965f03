import type { Raster } from '@dgx-pixels/pixel-art';
import { colourWord } from '../../caption/colour-words.ts';
import { replaceWords } from '../captions/replace-words.ts';
import type { Operation } from '../operation.ts';

type Colours = readonly (readonly [from: string, to: string])[];

/** Colours become others, no two of a picture the same: shape and shading stay. Alpha stays. */
export const swapPalette: Operation<'swap-palette'> = {
  objection: (raster, { colours }) => {
    const [present, changed] = [coloursOf(raster), new Set(colours.map(([from]) => from))];
    const taken = colours.find(([, to]) => present.has(to) && !changed.has(to));
    if (taken !== undefined) return `it has ${taken[1]} already: two colours would become one`;
    return colours.some(([from]) => present.has(from)) ? null : 'it has none of the colours';
  },
  apply: recoloured,
  invert: (raster, { colours }) => recoloured(raster, { colours: colours.map(([from, to]) => [to, from] as const) }),
  caption: (text, { colours }) => {
    const words = new Map<string, string>();
    for (const [from, to] of colours) {
      const [word, fresh] = [colourWord(from), colourWord(to)];
      if (!words.has(word)) words.set(word, fresh);
      if (word === 'gray' && !words.has('grey')) words.set('grey', fresh);
    }
    return replaceWords(text, words);
  },
};

function coloursOf({ rgba }: Raster): ReadonlySet<string> {
  const found = new Set<string>();
  for (let at = 0; at < rgba.length; at += 4) if (rgba[at + 3] !== 0) found.add(hexOf(rgba, at));
  return found;
}

function recoloured(raster: Raster, { colours }: { readonly colours: Colours }): Raster {
  const to = new Map(colours);
  const rgba = Uint8Array.from(raster.rgba);
  for (let at = 0; at < rgba.length; at += 4) {
    const colour = rgba[at + 3] === 0 ? undefined : to.get(hexOf(rgba, at));
    if (colour !== undefined) rgba.set(Buffer.from(colour.slice(1), 'hex'), at);
  }
  return { ...raster, rgba };
}

function hexOf(rgba: Uint8Array, at: number): string {
  return `#${Buffer.from(rgba.subarray(at, at + 3)).toString('hex')}`;
}
