import { inSlices } from '@dgx-pixels/pixel-art';
import { type AxisWeights, tabulateAxis } from './axis-weights.ts';
import type { Plane } from './plane.ts';
import { resampleAxis, type Samples } from './resample-axis.ts';

const lobes = 3;
/** Pillow's fixed point for 8-bit channels: 32 bits less 8 of the value less 2 of headroom. */
const fixedPoint = 2 ** 22;

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

function lanczosKernel(x: number): number {
  return x >= -lobes && x < lobes ? sinc(x) * sinc(x / lobes) : 0;
}

/** Pillow's Lanczos taps of one axis (Resample.c): antialiased, cut at the edges, normalised, in fixed point. */
function lanczosAxis(input: number, output: number): AxisWeights {
  const scale = input / output;
  const stretch = Math.max(scale, 1);
  const support = lobes * stretch;
  return tabulateAxis(input, output, Math.ceil(support) * 2 + 1, (position) => {
    const centre = (position + 0.5) * scale;
    const first = Math.max(Math.trunc(centre - support + 0.5), 0);
    const end = Math.min(Math.trunc(centre + support + 0.5), input);
    const kernel = Array.from({ length: end - first }, (_none, tap) =>
      lanczosKernel((tap + first - centre + 0.5) / stretch),
    );
    const total = kernel.reduce((sum, weight) => sum + weight, 0);
    return kernel.map((weight, tap) => {
      const fixed = (weight / total) * fixedPoint;
      return [first + tap, Math.trunc(fixed < 0 ? fixed - 0.5 : fixed + 0.5)];
    });
  });
}

function clipByte(value: number): number {
  return value > 0 ? Math.min(value, 255) : 0;
}

function toByte(sum: number): number {
  return clipByte(Math.floor((sum + fixedPoint / 2) / fixedPoint));
}

const bytes = (length: number): Uint8Array => new Uint8Array(length);
const floats = (length: number): Float32Array => new Float32Array(length);

async function mapSamples<T extends Samples>(
  values: Samples,
  create: (length: number) => T,
  change: (value: number) => number,
): Promise<T> {
  const result = create(values.length);
  await inSlices(values.length, 1, (from, to) => {
    for (let at = from; at < to; at++) result[at] = change(values[at] ?? 0);
  });
  return result;
}

interface Pixels extends Omit<Plane, 'values'> {
  readonly values: Uint8Array;
}

async function resizeColumns(from: Pixels, width: number): Promise<Pixels> {
  if (width === from.width) return from;
  const axis = lanczosAxis(from.width, width);
  return {
    ...from,
    width,
    values: await resampleAxis(from.values, from.outer * from.height, axis, from.inner, bytes, toByte),
  };
}

async function resizeRows(from: Pixels, height: number): Promise<Pixels> {
  if (height === from.height) return from;
  const axis = lanczosAxis(from.height, height);
  return {
    ...from,
    height,
    values: await resampleAxis(from.values, from.outer, axis, from.width * from.inner, bytes, toByte),
  };
}

/**
 * Resizes as ComfyUI's `lanczos` does: to 8 bits by cutting off the fraction, Pillow's LANCZOS, back to float. Pillow
 * rounds to 8 bits between its two passes and leaves an axis alone that keeps its length. Since version 13 it begins
 * with the rows when the height shrinks, and by more than twice as many pixels as the width (pull request 9549; the
 * rule was found by measuring); before, and otherwise, with the columns.
 */
export async function resizeLanczos(plane: Plane, height: number, width: number): Promise<Plane> {
  const values = await mapSamples(plane.values, bytes, (value) => clipByte(Math.trunc(Math.fround(255 * value))));
  const from = { ...plane, values };
  const rowsFirst = height < plane.height && plane.height - height > 2 * (plane.width - width);
  const resized = rowsFirst
    ? await resizeColumns(await resizeRows(from, height), width)
    : await resizeRows(await resizeColumns(from, width), height);
  return { ...resized, values: await mapSamples(resized.values, floats, (value) => value / 255) };
}
