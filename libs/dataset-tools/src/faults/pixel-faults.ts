import type { FaultMeaning } from './fault-meaning.ts';

/** Pictures whose pixels are not those of clean pixel art. */
export const pixelFaults = {
  'picture-blank': {
    severity: 'refused',
    meaning: 'All pixels of a picture are equal.',
    hint: 'remove it from the source folder',
  },
  'picture-without-grid': {
    severity: 'refused',
    meaning: 'A large picture with many colours has no grid of equal cells: it is blurred, resampled or no pixel art.',
    hint: 'take it from its source at native size, or name its factor: dataset ingest --scale <pixels>',
  },
  'alpha-partial': {
    severity: 'noted',
    meaning: 'A picture has pixels that are neither opaque nor transparent: they blend with whatever is behind them.',
    hint: 'nothing to do if the glow is wanted; else make them opaque or transparent',
  },
  'colours-many': {
    severity: 'noted',
    meaning: 'A picture has more colours than pixel art usually has (64).',
    hint: 'look at it: smooth shading is learned as smooth shading',
  },
  'palette-outgrown': {
    severity: 'refused',
    meaning: 'A picture has a colour that is not in the declared palette.',
    hint: 'add the colour to the palette or recolour the picture',
  },
  'pixels-lonely': {
    severity: 'noted',
    meaning:
      'More than a fifth of the visible pixels have no neighbour of their colour: noise, or traces of resampling.',
    hint: 'look at it at 8 times its size',
  },
} as const satisfies Record<string, FaultMeaning>;
