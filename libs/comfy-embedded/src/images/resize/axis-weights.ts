/** How each sample of one output axis is made of samples of the input axis. */
export interface AxisWeights {
  readonly inputLength: number;
  readonly outputLength: number;
  /** Weights for each output sample, zero-padded. */
  readonly taps: number;
  /** `[outputLength × taps]`, indices into the input axis, all within it. */
  readonly indices: Int32Array;
  /** `[outputLength × taps]` */
  readonly weights: Float64Array;
}

/** The taps of one output sample: input index and weight, in order. */
export type TapsOf = (position: number) => readonly (readonly [index: number, weight: number])[];

/** Tabulates the taps of an axis. Indices outside the input are moved to its nearest edge. */
export function tabulateAxis(inputLength: number, outputLength: number, taps: number, tapsOf: TapsOf): AxisWeights {
  const indices = new Int32Array(outputLength * taps);
  const weights = new Float64Array(outputLength * taps);
  for (let position = 0; position < outputLength; position++) {
    tapsOf(position).forEach(([index, weight], tap) => {
      indices[position * taps + tap] = Math.min(Math.max(index, 0), inputLength - 1);
      weights[position * taps + tap] = weight;
    });
  }
  return { inputLength, outputLength, taps, indices, weights };
}

/**
 * Where the centre of an output sample lies on the input axis, in single precision without aligned corners:
 * `scale · (position + ½) − ½`, rounded once, as PyTorch's fused multiply-add does.
 */
export function sourcePosition(inputLength: number, outputLength: number, position: number): number {
  const scale = Math.fround(inputLength / outputLength);
  return Math.fround(scale * (position + 0.5) - 0.5);
}
