import { inSlices } from '@dgx-pixels/pixel-art';
import { type AxisWeights, sourcePosition, tabulateAxis } from './axis-weights.ts';
import { latentChannels } from '../../engine/latent-cells.ts';
import type { Latent } from '../../engine/pixel-engine.ts';

/** Cosine beyond which two cells count as parallel. */
const parallel = 1 - 1e-5;

/**
 * Two neighbours for each output sample; the weights are 1 − ratio and ratio. ComfyUI finds both by interpolating a row
 * of indices in single precision and cutting off the fraction, so that rounding may take the cell before: done likewise.
 */
function neighbours(input: number, output: number): AxisWeights {
  return tabulateAxis(input, output, 2, (position) => {
    const source = Math.max(0, sourcePosition(input, output, position));
    const index = Math.min(Math.floor(source), input - 1);
    const rest = Math.min(Math.fround(source - index), 1);
    const interpolated = (first: number): number => {
      const [here, there] = [Math.min(first, input - 1), Math.min(first + 1, input - 1)];
      return Math.fround(Math.fround(Math.fround(1 - rest) * here) + Math.fround(rest * there));
    };
    const place = interpolated(index);
    const ratio = Math.fround(place - Math.floor(place));
    return [
      [Math.floor(place), 1 - ratio],
      [Math.floor(interpolated(index + 1)), ratio],
    ];
  });
}

/** Factors on two cells that turn one into the other along the arc between them. */
function arcFactors(a: readonly number[], b: readonly number[], ratio: number): readonly [number, number] {
  const [lengthA, lengthB] = [Math.hypot(...a), Math.hypot(...b)];
  const product = a.reduce((sum, value, channel) => sum + value * (b[channel] ?? 0), 0);
  const cosine = lengthA === 0 || lengthB === 0 ? 0 : product / (lengthA * lengthB);
  if (cosine > parallel) return [1, 0];
  if (cosine < -parallel) return [1 - ratio, ratio];
  const angle = Math.acos(cosine);
  const length = (lengthA * (1 - ratio) + lengthB * ratio) / Math.sin(angle);
  const factor = (own: number, share: number): number => (own === 0 ? 0 : (Math.sin(share * angle) * length) / own);
  return [factor(lengthA, 1 - ratio), factor(lengthB, ratio)];
}

interface Lattice {
  readonly values: Float32Array;
  /** Distance between two channels of a cell. */
  readonly channel: number;
}

function mix(from: Lattice, at: number, next: number, ratio: number, to: Lattice, target: number): void {
  const read = (start: number): number[] =>
    Array.from({ length: latentChannels }, (_none, channel) => from.values[start + channel * from.channel] ?? 0);
  const [a, b] = [read(at), read(next)];
  const [factorA, factorB] = arcFactors(a, b, ratio);
  a.forEach((value, channel) => {
    to.values[target + channel * to.channel] = value * factorA + (b[channel] ?? 0) * factorB;
  });
}

/** Resamples one axis of `[batch, 4, outer, axis, inner]`, cell by cell. */
async function slerpAxis(
  values: Float32Array,
  batch: number,
  outer: number,
  axis: AxisWeights,
  inner: number,
): Promise<Float32Array> {
  const { inputLength, outputLength, indices, weights } = axis;
  const from = { values, channel: outer * inputLength * inner };
  const to = {
    values: new Float32Array(batch * latentChannels * outer * outputLength * inner),
    channel: outer * outputLength * inner,
  };
  await inSlices(batch * outer * outputLength, inner * latentChannels * 8, (first, end) => {
    for (let row = first; row < end; row++) {
      const position = row % outputLength;
      const line = Math.floor(row / outputLength);
      const image = Math.floor(line / outer);
      const source = image * latentChannels * from.channel + (line % outer) * inputLength * inner;
      const target = image * latentChannels * to.channel + (line % outer) * outputLength * inner + position * inner;
      const [at, next] = [indices[position * 2] ?? 0, indices[position * 2 + 1] ?? 0];
      for (let cell = 0; cell < inner; cell++) {
        const ratio = weights[position * 2 + 1] ?? 0;
        mix(from, source + at * inner + cell, source + next * inner + cell, ratio, to, target + cell);
      }
    }
  });
  return to.values;
}

/**
 * ComfyUI's `bislerp`: along columns, then rows, each cell is turned from one neighbour towards the next on the sphere
 * of its four channels, with its length interpolated linearly. Parallel neighbours give the first of them, opposite
 * ones their linear mix.
 */
export async function resizeBislerp(latent: Latent, height: number, width: number): Promise<Latent> {
  const { batch } = latent;
  const columns = neighbours(latent.width, width);
  const wide = await slerpAxis(latent.values, batch, latent.height, columns, 1);
  const values = await slerpAxis(wide, batch, 1, neighbours(latent.height, height), width);
  return { values, batch, height, width };
}
