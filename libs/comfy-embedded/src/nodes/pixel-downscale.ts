import { maxPaletteColours, type PaletteChoice, parsePalette, PixelArtError } from '@dgx-pixels/pixel-art';
import { downscalePixels } from '../images/pixel-downscale.ts';
import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';
import { int } from './number-inputs.ts';
import { string } from './text-inputs.ts';

/** Modules of the nodes that ComfyUI does not have. */
export const ownModule = 'dgx_pixels';
/** Their category. */
export const ownCategory = 'DGX-Pixels';

/** Side of an art pixel in the pictures of the bundled model. */
export const cellFactor = int({ default: 8, min: 1, max: 256, step: 1 });

function paletteOf(palette: string, colours: number): PaletteChoice | undefined {
  if (palette.trim() !== '') return { colours: parsePalette(palette) };
  return colours > 0 ? { count: colours } : undefined;
}

/** `DgxPixelsDownscale`: pixel art drawn with large pixels at its native size, one pixel a cell, in a palette. */
export const pixelDownscale = defineNode({
  classType: 'DgxPixelsDownscale',
  displayName: 'Pixel Downscale',
  description:
    'Makes one pixel of each cell, in the cell’s commonest colour, and then takes the nearest colours of a palette: ' +
    'the given one (#rrggbb, …), or one of so many colours chosen from the images; 0 and no palette keep all.',
  category: ownCategory,
  module: ownModule,
  inputs: {
    image: socket('IMAGE'),
    factor: cellFactor,
    palette: string({ default: '', multiline: true }),
    colours: int({ default: 0, min: 0, max: maxPaletteColours, step: 1 }),
  },
  outputs: ['IMAGE'],
  refusals({ palette = '' }) {
    if (palette.trim() === '') return [];
    try {
      parsePalette(palette);
      return [];
    } catch (error) {
      if (!(error instanceof PixelArtError)) throw error;
      return [{ input: 'palette', reason: error.message }];
    }
  },
  execute: async ({ image, factor, palette, colours }) => ({
    outputs: [{ type: 'IMAGE', value: await downscalePixels(image, { factor }, paletteOf(palette, colours)) }],
  }),
});
