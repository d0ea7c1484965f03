import { ditheredShareOf } from '../pixel-art/dithering-share.ts';
import { edgesOf } from '../pixel-art/edges.ts';
import { outlineOf } from '../pixel-art/outline.ts';
import { type PaletteProfile, profileDistance, profileOf } from '../pixel-art/palette-profile.ts';
import { countDistinctColours } from '../pixel-art/one-colour.ts';
import type { SpritePixels } from '../pixel-art/sprite-pixels.ts';

/** What a picture at its native size looks like, whatever it shows and however wide its canvas is. */
export interface StyleMeasures {
  readonly palette: PaletteProfile;
  /** Base-2 logarithm of the number of visible colours (`countDistinctColours`). */
  readonly colourBits: number;
  readonly edgeDensity: number;
  /** 0 when there is no edge. */
  readonly edgeHardness: number;
  readonly ditheredShare: number;
  readonly outlineDarkness: number;
  readonly fill: number;
}

/** Measures the style of one picture. */
export function measureStyle(sprite: SpritePixels): StyleMeasures {
  const edges = edgesOf(sprite);
  const outline = outlineOf(sprite);
  return {
    palette: profileOf(sprite),
    colourBits: Math.log2(Math.max(1, countDistinctColours(sprite))),
    edgeDensity: edges.density,
    edgeHardness: edges.hardness ?? 0,
    ditheredShare: ditheredShareOf(sprite),
    outlineDarkness: outline.darkness,
    fill: outline.fill,
  };
}

/** How far apart two pictures are by one measure, and the difference that is too small to tell styles apart. */
interface StyleDistance {
  readonly of: (one: StyleMeasures, other: StyleMeasures) => number;
  readonly resolution: number;
}

/** The distances that sets are compared by; 0 is alike. */
export const styleDistances = {
  /** `paletteDistance`; 1, as black and white, to a picture that shows nothing. */
  palette: { of: (one, other) => profileDistance(one.palette, other.palette) ?? 1, resolution: 0.01 },
  /** Factor between the numbers of colours, as a power of 2. */
  colours: { of: (one, other) => Math.abs(one.colourBits - other.colourBits), resolution: 0.25 },
  /** Shares of neighbouring pixels that differ. */
  edges: { of: (one, other) => Math.abs(one.edgeDensity - other.edgeDensity), resolution: 0.01 },
  /** `edgeHardness`. */
  hardness: { of: (one, other) => Math.abs(one.edgeHardness - other.edgeHardness), resolution: 0.01 },
  /** `ditheringShare`. */
  dithering: { of: (one, other) => Math.abs(one.ditheredShare - other.ditheredShare), resolution: 0.01 },
  /** How much darker outlines are than what they surround. */
  outline: { of: (one, other) => Math.abs(one.outlineDarkness - other.outlineDarkness), resolution: 0.01 },
  /** How much of its box a sprite fills. */
  fill: { of: (one, other) => Math.abs(one.fill - other.fill), resolution: 0.01 },
} as const satisfies Record<string, StyleDistance>;

/** Name of a distance. */
export type StyleDistanceName = keyof typeof styleDistances;

/** All of them. */
export const styleDistanceNames = [
  'palette',
  'colours',
  'edges',
  'hardness',
  'dithering',
  'outline',
  'fill',
] as const satisfies readonly StyleDistanceName[];
