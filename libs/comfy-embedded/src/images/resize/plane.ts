/**
 * Pictures of one size, whatever their channels: images are `outer = batch, inner = 3`, latents `outer = batch × 4,
 * inner = 1`.
 */
export interface Plane {
  /** float32, shape `[outer, height, width, inner]`, row-major. */
  readonly values: Float32Array;
  readonly outer: number;
  readonly height: number;
  readonly width: number;
  readonly inner: number;
}

/** A rectangle inside a picture, in pixels. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Copies a rectangle, which must lie inside, out of each picture. */
export function cropPlane(plane: Plane, { left, top, width, height }: Rectangle): Plane {
  const { outer, inner } = plane;
  const stride = width * inner;
  const values = new Float32Array(outer * height * stride);
  for (let row = 0; row < outer * height; row++) {
    const picture = Math.floor(row / height);
    const start = ((picture * plane.height + top + (row % height)) * plane.width + left) * inner;
    values.set(plane.values.subarray(start, start + stride), row * stride);
  }
  return { values, outer, height, width, inner };
}
