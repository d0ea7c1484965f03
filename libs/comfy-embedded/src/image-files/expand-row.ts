import type { PngColours } from './png-colours.ts';
import { colourTypes, type PngHeader } from './png-header.ts';
import type { PngPass } from './png-passes.ts';

/** Reads one sample of an unfiltered row, as it stands there. */
function readSample(row: Uint8Array, index: number, bitDepth: number): number {
  if (bitDepth === 8) return row[index] ?? 0;
  if (bitDepth === 16) return ((row[index * 2] ?? 0) << 8) | (row[index * 2 + 1] ?? 0);
  const bit = index * bitDepth;
  return ((row[bit >> 3] ?? 0) >> (8 - bitDepth - (bit & 7))) & ((1 << bitDepth) - 1);
}

/**
 * The 8-bit value of a sample by Pillow's rules: small depths are stretched to 0 … 255, 16 bits lose their low byte —
 * except for plain grey of 16 bits, which Pillow clips at 255.
 */
function toByte(sample: number, { bitDepth, colourType }: PngHeader): number {
  if (bitDepth < 8) return (sample * 255) / ((1 << bitDepth) - 1);
  if (bitDepth === 8) return sample;
  return colourType === colourTypes.grey ? Math.min(sample, 255) : sample >> 8;
}

/** Writes the pixels of one unfiltered row of a pass into the picture, uint8 `[height, width, 4]`. */
export function expandRow(
  row: Uint8Array,
  y: number,
  pass: PngPass,
  header: PngHeader,
  { palette, key }: PngColours,
  rgba: Uint8Array,
): void {
  const { bitDepth, colourType, samples, width } = header;
  const isGrey = colourType === colourTypes.grey || colourType === colourTypes.greyAlpha;
  const hasAlpha = colourType === colourTypes.greyAlpha || colourType === colourTypes.rgba;
  const byteAt = (index: number): number => toByte(readSample(row, index, bitDepth), header);
  for (let x = 0; x < pass.columns; x++) {
    const target = ((pass.top + y * pass.stepY) * width + pass.left + x * pass.stepX) * 4;
    if (colourType === colourTypes.palette) {
      const entry = readSample(row, x, bitDepth) * 4;
      for (let channel = 0; channel < 4; channel++) rgba[target + channel] = palette[entry + channel] ?? 0;
      continue;
    }
    const first = x * samples;
    const red = byteAt(first);
    const green = isGrey ? red : byteAt(first + 1);
    const blue = isGrey ? red : byteAt(first + 2);
    const isKey = key !== undefined && key[0] === red && (isGrey || (key[1] === green && key[2] === blue));
    rgba[target] = red;
    rgba[target + 1] = green;
    rgba[target + 2] = blue;
    rgba[target + 3] = hasAlpha ? byteAt(first + samples - 1) : isKey ? 0 : 255;
  }
}
