import type { Raster } from '@dgx-pixels/pixel-art';
import fc from 'fast-check';

/** Colours by letter. */
export const ink = { k: [0, 0, 0], w: [255, 255, 255], r: [200, 0, 0] } as const;

type Ink = Readonly<Record<string, readonly [number, number, number]>>;

/** A picture from rows of letters; what has no colour, as `.`, is transparent. */
export function drawLetters(rows: readonly string[], colours: Ink = ink): Raster {
  const rgba = Array.from(rows.join('')).flatMap((letter) => {
    const colour = colours[letter];
    return colour === undefined ? [0, 0, 0, 0] : [...colour, 255];
  });
  return { width: rows[0]?.length ?? 0, height: rows.length, rgba: Uint8Array.from(rgba) };
}

/** Square pictures of 2 to 9 pixels a side in three colours, of which something is visible. */
export const anySprite: fc.Arbitrary<Raster> = fc.integer({ min: 2, max: 9 }).chain((side) =>
  fc
    .array(fc.constantFrom('k', 'w', 'r', '.'), { minLength: side * side, maxLength: side * side })
    .filter((letters) => letters.some((letter) => letter !== '.'))
    .map((letters) =>
      drawLetters(Array.from({ length: side }, (_none, y) => letters.slice(y * side, (y + 1) * side).join(''))),
    ),
);
