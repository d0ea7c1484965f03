/** A batch of masks, as ComfyUI's MASK carries them. */
export interface MaskBatch {
  /** float32 in `[0, 1]`, shape `[batch, height, width]`, row-major; 1 is masked. */
  readonly values: Float32Array;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
}
