import { halfWindow } from './gaussian-window.ts';

const [w0 = 0, w1 = 0, w2 = 0, w3 = 0, w4 = 0, w5 = 0] = halfWindow;

/** Neighbouring results that {@link smoothFour} computes together. */
export const placesAtOnce = 4;

/** A line of numbers within a list: where the first lies and how far the next is from it. */
interface Line {
  readonly numbers: Float64Array;
  readonly start: number;
  readonly step: number;
}

/**
 * Four neighbouring results of the window from fourteen numbers, for many such lines side by side: each number is read once
 * for four results instead of eleven times, and weights multiply the sum of the two numbers that they belong to.
 *
 * @param from the numbers; the fourteen of each line are `from.step` apart
 * @param to where the results go; the four of each line are `to.step` apart
 * @param lines how many; numbers and results of the next line begin `between` after those of the last
 */
export function smoothFour(from: Line, to: Line, lines: number, between: number): void {
  const { numbers, step } = from;
  const { numbers: smoothed, step: stepTo } = to;
  for (let line = 0, first = from.start, result = to.start; line < lines; line++) {
    let at = first;
    const a0 = numbers[at] ?? 0;
    const a1 = numbers[(at += step)] ?? 0;
    const a2 = numbers[(at += step)] ?? 0;
    const a3 = numbers[(at += step)] ?? 0;
    const a4 = numbers[(at += step)] ?? 0;
    const a5 = numbers[(at += step)] ?? 0;
    const a6 = numbers[(at += step)] ?? 0;
    const a7 = numbers[(at += step)] ?? 0;
    const a8 = numbers[(at += step)] ?? 0;
    const a9 = numbers[(at += step)] ?? 0;
    const a10 = numbers[(at += step)] ?? 0;
    const a11 = numbers[(at += step)] ?? 0;
    const a12 = numbers[(at += step)] ?? 0;
    const a13 = numbers[at + step] ?? 0;
    let put = result;
    smoothed[put] = w0 * (a0 + a10) + w1 * (a1 + a9) + w2 * (a2 + a8) + w3 * (a3 + a7) + w4 * (a4 + a6) + w5 * a5;
    put += stepTo;
    smoothed[put] = w0 * (a1 + a11) + w1 * (a2 + a10) + w2 * (a3 + a9) + w3 * (a4 + a8) + w4 * (a5 + a7) + w5 * a6;
    put += stepTo;
    smoothed[put] = w0 * (a2 + a12) + w1 * (a3 + a11) + w2 * (a4 + a10) + w3 * (a5 + a9) + w4 * (a6 + a8) + w5 * a7;
    put += stepTo;
    smoothed[put] = w0 * (a3 + a13) + w1 * (a4 + a12) + w2 * (a5 + a11) + w3 * (a6 + a10) + w4 * (a7 + a9) + w5 * a8;
    first += between;
    result += between;
  }
}
