/** What can be wrong with a request for a measure. Exit codes as in docs/architecture.md §6. */
export const imageMetricErrorCodes = {
  IMAGE_METRIC_REQUEST_INVALID: {
    exitCode: 2,
    meaning: 'Two pictures cannot be compared by this measure, or an option is outside its range.',
    hint: 'give pictures of the same size, large enough for the measure',
  },
} as const satisfies Record<string, { exitCode: number; meaning: string; hint: string }>;

/** The closed set of this library's error codes. */
export type ImageMetricErrorCode = keyof typeof imageMetricErrorCodes;

/** A refused measurement; `hint` says what to do next. */
export class ImageMetricError extends Error {
  override readonly name = 'ImageMetricError';
  readonly code: ImageMetricErrorCode;
  readonly hint: string;

  constructor(code: ImageMetricErrorCode, message: string) {
    super(message);
    this.code = code;
    this.hint = imageMetricErrorCodes[code].hint;
  }
}
