import { fromHalf } from './half-floats.ts';
import type { LowRankUpdate } from './match-adapter.ts';

/** Where a tensor's fp16 values lie in the weights file. */
export interface TensorPlace {
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** A row of updates with the strength that each file of them is applied at. */
export interface WeightedUpdates {
  readonly updates: readonly LowRankUpdate[];
  readonly strength: number;
}

/**
 * A private float32 copy of a model's weights with adapters merged in: W + Σ strength · scale · up · down, each sum
 * rounded to float32, adapters in their order. The file's bytes stay as they are.
 *
 * @param file the weights file, fp16 values from byte `dataStart`
 * @returns value i is fp16 value i of the file, counted from `dataStart`
 */
export function adaptedWeights(
  file: Uint8Array,
  dataStart: number,
  places: Readonly<Record<string, TensorPlace>>,
  adapters: readonly WeightedUpdates[],
): Float32Array {
  const { buffer } = Uint8Array.from(file.subarray(dataStart));
  const weights = fromHalf(new Uint16Array(buffer));
  for (const { updates, strength } of adapters) {
    for (const update of updates) {
      const place = places[update.tensor];
      if (place === undefined) continue;
      const from = (place.byteOffset - dataStart) / 2;
      addUpdate(weights.subarray(from, from + place.byteLength / 2), update, strength);
    }
  }
  return weights;
}

function addUpdate(weight: Float32Array, { up, down, rank, scale }: LowRankUpdate, strength: number): void {
  const columns = down.length / rank;
  const rows = up.length / rank;
  const sum = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    sum.fill(0);
    for (let inner = 0; inner < rank; inner++) {
      const factor = up[row * rank + inner] ?? 0;
      for (let column = 0; column < columns; column++) {
        sum[column] = (sum[column] ?? 0) + factor * (down[inner * columns + column] ?? 0);
      }
    }
    const first = row * columns;
    for (let column = 0; column < columns; column++) {
      weight[first + column] = (weight[first + column] ?? 0) + strength * scale * (sum[column] ?? 0);
    }
  }
}
