import { PixelArtError } from '../errors.ts';
import type { PackedColour } from './packed-colour.ts';

/** Most colours of a palette. */
export const maxPaletteColours = 256;

/**
 * Reads a palette as people write it: `#rrggbb` or `rrggbb`, separated by commas, semicolons or white space. Repeated
 * colours count once; the order is kept.
 *
 * @throws PixelArtError PIXEL_REQUEST_INVALID for anything else, no colour, or more than 256.
 */
export function parsePalette(text: string): readonly PackedColour[] {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  const colours = new Set(
    words.map((word) => {
      const digits = /^#?([0-9a-f]{6})$/i.exec(word)?.[1];
      if (digits === undefined) {
        throw new PixelArtError('PIXEL_REQUEST_INVALID', `"${word.slice(0, 20)}" is no colour like #1d2b53`);
      }
      return Number.parseInt(digits, 16);
    }),
  );
  if (colours.size === 0 || colours.size > maxPaletteColours) {
    throw new PixelArtError(
      'PIXEL_REQUEST_INVALID',
      `a palette has 1 to ${maxPaletteColours} colours, not ${colours.size}`,
    );
  }
  return [...colours];
}
