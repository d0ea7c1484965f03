import { type InterpolationMode, interpolationWeights } from './interpolation-weights.ts';
import type { Plane } from './plane.ts';
import { resampleAxis } from './resample-axis.ts';

const floats = (length: number): Float32Array => new Float32Array(length);

/** Resizes as `torch.nn.functional.interpolate` does, within 1e-6 for values in [0, 1]. */
export async function resizePlane(
  plane: Plane,
  height: number,
  width: number,
  mode: InterpolationMode,
): Promise<Plane> {
  const { outer, inner } = plane;
  const weights = interpolationWeights[mode];
  const wide = await resampleAxis(plane.values, outer * plane.height, weights(plane.width, width), inner, floats);
  const values = await resampleAxis(wide, outer, weights(plane.height, height), width * inner, floats);
  return { values, outer, height, width, inner };
}
