import { type AxisWeights, sourcePosition, tabulateAxis } from './axis-weights.ts';

/** Builds the weights of one axis of a separable resize. */
type InterpolationWeights = (inputLength: number, outputLength: number) => AxisWeights;

const nearestExact: InterpolationWeights = (input, output) => {
  const scale = Math.fround(input / output);
  return tabulateAxis(input, output, 1, (position) => [[Math.floor(Math.fround((position + 0.5) * scale)), 1]]);
};

const bilinear: InterpolationWeights = (input, output) =>
  tabulateAxis(input, output, 2, (position) => {
    const source = Math.max(0, sourcePosition(input, output, position));
    const index = Math.floor(source);
    const rest = Math.fround(source - index);
    return [
      [index, 1 - rest],
      [index + 1, rest],
    ];
  });

/** Mean over all input samples that an output sample touches (`adaptive_avg_pool2d`). */
const area: InterpolationWeights = (input, output) =>
  tabulateAxis(input, output, Math.ceil(input / output) + 1, (position) => {
    const first = Math.floor((position * input) / output);
    const end = Math.ceil(((position + 1) * input) / output);
    return Array.from({ length: end - first }, (_none, tap) => [first + tap, 1 / (end - first)] as const);
  });

/** Parameter of Keys' cubic convolution kernel (1981) that PyTorch uses. */
const cubicA = -0.75;

function cubicKernel(distance: number): number {
  const x = Math.abs(distance);
  if (x <= 1) return ((cubicA + 2) * x - (cubicA + 3)) * x * x + 1;
  return ((cubicA * x - 5 * cubicA) * x + 8 * cubicA) * x - 4 * cubicA;
}

const bicubic: InterpolationWeights = (input, output) =>
  tabulateAxis(input, output, 4, (position) => {
    const source = sourcePosition(input, output, position);
    const index = Math.floor(source);
    return [-1, 0, 1, 2].map((offset) => [index + offset, cubicKernel(source - index - offset)] as const);
  });

/** The modes of `torch.nn.functional.interpolate` that ComfyUI offers; no antialiasing, corners not aligned. */
export const interpolationWeights = { 'nearest-exact': nearestExact, bilinear, area, bicubic } as const;

export type InterpolationMode = keyof typeof interpolationWeights;
