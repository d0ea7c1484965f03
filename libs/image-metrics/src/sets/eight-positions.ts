import type { SpritePixels } from '../pixel-art/sprite-pixels.ts';

/** A sprite in its four quarter turns, and each of them mirrored; the first is as it is. */
export function eightPositions(sprite: SpritePixels): readonly SpritePixels[] {
  const once = turned(sprite);
  const twice = turned(once);
  const turns = [sprite, once, twice, turned(twice)];
  return [...turns, ...turns.map(mirrored)];
}

/** A quarter turn clockwise. */
function turned({ width, height, colours }: SpritePixels): SpritePixels {
  const to = new Int32Array(colours.length);
  for (let pixel = 0; pixel < colours.length; pixel++) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    to[x * height + height - 1 - y] = colours[pixel] ?? 0;
  }
  return { width: height, height: width, colours: to };
}

/** Left and right change places. */
function mirrored({ width, height, colours }: SpritePixels): SpritePixels {
  const to = new Int32Array(colours.length);
  for (let start = 0; start < colours.length; start += width) {
    to.set(colours.slice(start, start + width).reverse(), start);
  }
  return { width, height, colours: to };
}
