/** What one call of the embedded engine may ask for; anything above is refused with ENGINE_REQUEST_INVALID. */
export const engineLimits = {
  /** Sides of an image, in pixels; multiples of 8. */
  minImageSide: 16,
  maxImageSide: 2048,
  /** Height × width of one image, in pixels. */
  maxImagePixels: 1024 * 1024,
  /** Images of one batch. */
  maxBatch: 64,
  /** Height × width × batch, in pixels: bounds memory. */
  maxBatchPixels: 4 * 1024 * 1024,
  /** Denoising steps of one run. */
  maxSteps: 1000,
  /** Steps of the schedule that a run with denoise < 1 takes its end from. */
  maxScheduleSteps: 100_000,
  /** Guidance scale, both ways. */
  maxCfg: 100,
  /** UTF-16 units of one prompt. */
  maxPromptLength: 10_000,
  /** Parentheses of a prompt inside each other. */
  maxPromptNesting: 200,
} as const;
