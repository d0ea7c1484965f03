import { hidden } from '../pixel-art/sprite-pixels.ts';
import type { Shape } from './shape.ts';

/** How much two pictures differ where they agree best. */
export interface AlignedDifference {
  /**
   * Mean over all pixels visible in either of the OKLab distance between the two, at most 1, and 1 where only one is visible;
   * 0 for equal pictures. 1 too when their boxes are too different to be laid on each other.
   */
  readonly difference: number;
  /** Share of these pixels that are equal, 0 … 1. */
  readonly equalShare: number;
}

/** Boxes whose sides differ by more are not laid on each other. */
const mostUnlike = 3;
const unlike: AlignedDifference = { difference: 1, equalShare: 0 };

/**
 * Lays one picture, in each of its positions, on another so that they differ least: boxes at every offset from a pixel
 * before their left or upper sides meet to a pixel after their right or lower sides do; canvases of equal size also as they
 * are, and a pixel off.
 *
 * @param positions of one picture (`eightPositions`)
 */
export function alignedDifference(positions: readonly Shape[], other: Shape): AlignedDifference {
  let best = unlike;
  for (const one of positions) {
    if (one.visible === 0 || other.visible === 0) continue;
    // What only the larger can show differs: no alignment gets below this.
    if (1 - Math.min(one.visible, other.visible) / Math.max(one.visible, other.visible) >= best.difference) continue;
    for (const [dx, dy] of offsetsOf(one, other)) best = differenceAt(one, other, dx, dy, best);
  }
  return best;
}

/** Where the upper left corner of the other's box may lie, seen from that of the first. */
function* offsetsOf(one: Shape, other: Shape): Iterable<readonly [number, number]> {
  const [wider, higher] = [one.width - other.width, one.height - other.height];
  if (Math.max(Math.abs(wider), Math.abs(higher)) <= mostUnlike) {
    for (let dy = Math.min(0, higher) - 1; dy <= Math.max(0, higher) + 1; dy++) {
      for (let dx = Math.min(0, wider) - 1; dx <= Math.max(0, wider) + 1; dx++) yield [dx, dy];
    }
  } else if (one.canvasWidth === other.canvasWidth && one.canvasHeight === other.canvasHeight) {
    const [x, y] = [other.left - one.left, other.top - one.top];
    for (let dy = y - 1; dy <= y + 1; dy++) for (let dx = x - 1; dx <= x + 1; dx++) yield [dx, dy];
  }
}

/** The better of what is known and what this offset gives. */
function differenceAt(one: Shape, other: Shape, dx: number, dy: number, best: AlignedDifference): AlignedDifference {
  const [left, right] = [Math.max(0, dx), Math.min(one.width, dx + other.width)];
  const [top, bottom] = [Math.max(0, dy), Math.min(one.height, dy + other.height)];
  const mayDiffer = best.difference * (one.visible + other.visible);
  let [sum, either, both, equal] = [0, 0, 0, 0];
  for (let y = top; y < bottom && sum < mayDiffer; y++) {
    for (let x = left; x < right; x++) {
      const here = y * one.width + x;
      const there = (y - dy) * other.width + x - dx;
      const [colour, second] = [one.colours[here] ?? hidden, other.colours[there] ?? hidden];
      if (colour === hidden && second === hidden) continue;
      either++;
      if (colour !== hidden && second !== hidden) both++;
      if (colour === second) equal++;
      else if (colour === hidden || second === hidden) sum++;
      else sum += Math.min(1, pointDistance(one.points, here * 3, other.points, there * 3));
    }
  }
  // `either` and `both` count each visible pixel inside of the overlap once and twice; the rest lies outside.
  const outside = one.visible + other.visible - either - both;
  const pixels = either + outside;
  const difference = (sum + outside) / pixels;
  return sum < mayDiffer && difference < best.difference ? { difference, equalShare: equal / pixels } : best;
}

function pointDistance(one: Float64Array, at: number, other: Float64Array, to: number): number {
  const lightness = (one[at] ?? 0) - (other[to] ?? 0);
  const a = (one[at + 1] ?? 0) - (other[to + 1] ?? 0);
  const b = (one[at + 2] ?? 0) - (other[to + 2] ?? 0);
  return Math.sqrt(lightness * lightness + a * a + b * b);
}
