import { inSlices } from '@dgx-pixels/pixel-art';
import type { AxisWeights } from './axis-weights.ts';

/** Arrays that can be resampled. */
export type Samples = Float32Array | Uint8Array;

/**
 * Resamples the middle axis of an array of shape `[outer, axis.inputLength, inner]`.
 *
 * @param create - makes the result's array.
 * @param finish - applied to each weighted sum before it is stored.
 * @returns shape `[outer, axis.outputLength, inner]`.
 */
export async function resampleAxis<T extends Samples>(
  values: T,
  outer: number,
  axis: AxisWeights,
  inner: number,
  create: (length: number) => T,
  finish: (sum: number) => number = (sum) => sum,
): Promise<T> {
  const { inputLength, outputLength, taps, indices, weights } = axis;
  const result = create(outer * outputLength * inner);
  await inSlices(outer * outputLength, inner * taps, (from, to) => {
    for (let row = from; row < to; row++) {
      const position = row % outputLength;
      const start = ((row - position) / outputLength) * inputLength * inner;
      for (let column = 0; column < inner; column++) {
        let sum = 0;
        for (let tap = position * taps; tap < (position + 1) * taps; tap++) {
          sum += (weights[tap] ?? 0) * (values[start + (indices[tap] ?? 0) * inner + column] ?? 0);
        }
        result[row * inner + column] = finish(sum);
      }
    }
  });
  return result;
}
