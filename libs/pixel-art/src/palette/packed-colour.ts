/** An 8-bit sRGB colour as 0xRRGGBB. */
export type PackedColour = number;

/** Red, green, blue, 0 … 255. */
export function channelsOf(colour: PackedColour): readonly [red: number, green: number, blue: number] {
  return [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255];
}
