import { countColours, type SpritePixels } from './sprite-pixels.ts';

/** Largest difference of a channel within one colour: what generators leave in what they draw as one. */
export const oneColourLevels = 16;

/** Whether two colours, 0xRRGGBB, are meant to be one: no channel differs by more than 16 levels. */
export function areOneColour(one: number, other: number): boolean {
  return (
    one === other ||
    (Math.abs((one >> 16) - (other >> 16)) <= oneColourLevels &&
      Math.abs(((one >> 8) & 255) - ((other >> 8) & 255)) <= oneColourLevels &&
      Math.abs((one & 255) - (other & 255)) <= oneColourLevels)
  );
}

/** How many colours a picture has, those near a commoner one not counted. */
export function countDistinctColours(sprite: SpritePixels): number {
  const commonestFirst = [...countColours(sprite)].sort(([one, often], [other, times]) => times - often || one - other);
  const distinct: number[] = [];
  for (const [colour] of commonestFirst) {
    if (!distinct.some((kept) => areOneColour(kept, colour))) distinct.push(colour);
  }
  return distinct.length;
}
