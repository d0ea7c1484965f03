/** A batch of images with opacity: what ComfyUI carries in an IMAGE of four channels. */
export interface RgbaBatch {
  /** float32 in `[0, 1]`, shape `[batch, height, width, 4]`, row-major; alpha last, 1 is opaque, not premultiplied. */
  readonly values: Float32Array;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
}
