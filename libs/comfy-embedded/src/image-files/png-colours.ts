import { ImageError } from '../images/image-errors.ts';
import type { AlphaSource } from './decoded-image.ts';
import { colourTypes, type PngHeader } from './png-header.ts';
import type { PngChunk } from './png-chunks.ts';

/** How samples become RGBA. */
export interface PngColours {
  /** RGBA of each palette index, 256 entries; empty without a palette. */
  readonly palette: Uint8Array;
  /** 8-bit grey level or RGB that is transparent. */
  readonly key: readonly number[] | undefined;
  readonly alpha: AlphaSource;
}

/** Entries that PLTE leaves out are opaque black, as Pillow reads them. */
function paletteOf(colours: Buffer, opacity: Buffer): Uint8Array {
  const palette = new Uint8Array(256 * 4);
  for (let entry = 0; entry < 256; entry++) {
    if (entry * 3 + 2 < colours.length) palette.set(colours.subarray(entry * 3, entry * 3 + 3), entry * 4);
    palette[entry * 4 + 3] = opacity[entry] ?? 255;
  }
  return palette;
}

/** Pillow compares tRNS with samples that are 8 bits already, by its low byte; a 1-bit picture by 0 or not 0. */
function keyOf({ bitDepth }: PngHeader, body: Buffer, samples: number): readonly number[] {
  if (body.length < samples * 2) throw new ImageError('IMAGE_FILE_CORRUPT', `tRNS has ${body.length} bytes`);
  return Array.from({ length: samples }, (_none, sample) => {
    const value = body.readUInt16BE(sample * 2);
    return bitDepth === 1 ? (value === 0 ? 0 : 255) : value & 255;
  });
}

/**
 * Reads PLTE and tRNS. Colour space chunks (gAMA, cHRM, sRGB, iCCP) are ignored, as in Pillow.
 *
 * @throws ImageError IMAGE_FILE_CORRUPT.
 */
export function parsePngColours(header: PngHeader, chunks: readonly PngChunk[]): PngColours {
  const bodyOf = (type: string): Buffer | undefined => chunks.find((chunk) => chunk.type === type)?.body;
  const transparency = bodyOf('tRNS');
  const none = { palette: new Uint8Array(0), key: undefined };
  switch (header.colourType) {
    case colourTypes.palette: {
      const colours = bodyOf('PLTE');
      if (colours === undefined) throw new ImageError('IMAGE_FILE_CORRUPT', 'PLTE is missing');
      const palette = paletteOf(colours, transparency ?? Buffer.alloc(0));
      return { palette, key: undefined, alpha: transparency === undefined ? 'none' : 'channel' };
    }
    case colourTypes.greyAlpha:
    case colourTypes.rgba:
      return { ...none, alpha: 'channel' };
    case colourTypes.grey:
    case colourTypes.rgb:
      if (transparency === undefined) return { ...none, alpha: 'none' };
      return { ...none, key: keyOf(header, transparency, header.samples), alpha: 'key' };
  }
}
