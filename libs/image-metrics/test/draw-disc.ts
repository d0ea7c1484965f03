import type { Raster } from '@dgx-pixels/pixel-art';
import { seededNumbers } from '../src/sets/seeded-numbers.ts';

/** Two styles that every measure of colour and edges tells apart. */
type DiscStyle =
  /** One dark colour. */
  | 'flat'
  /** Many bright colours with a dark outline. */
  | 'bright';

/** A disc of random size with a ragged edge, on a transparent canvas of 16 × 16. */
export function drawDisc(seed: number, style: DiscStyle): Raster {
  const next = seededNumbers(seed);
  const [side, radius] = [16, 4 + next() * 3.5];
  const rgba = new Uint8Array(side * side * 4);
  for (let pixel = 0; pixel < side * side; pixel++) {
    const far = Math.hypot((pixel % side) - 7.5 + next() * 0.8, Math.floor(pixel / side) - 7.5);
    if (far > radius) continue;
    const bright =
      far > radius - 1 ? [20, 20, 20] : [150 + next() * 100, 60 + next() * 180, next() * 255].map(Math.round);
    rgba.set(style === 'flat' ? [10, 10, 30, 255] : [...bright, 255], pixel * 4);
  }
  return { width: side, height: side, rgba };
}

/** Discs of seeds one after another. */
export function drawDiscs(firstSeed: number, count: number, style: DiscStyle): readonly Raster[] {
  return Array.from({ length: count }, (_none, index) => drawDisc(firstSeed + index, style));
}
