/** What can go wrong with an image or an image file. Exit codes as in docs/architecture.md §6. */
export const imageErrorCodes = {
  IMAGE_REQUEST_INVALID: {
    exitCode: 2,
    meaning: 'An image operation was asked for something outside its range.',
    hint: 'Correct the input that the message names.',
  },
  IMAGE_TOO_LARGE: {
    exitCode: 2,
    meaning: 'An image, or a batch of images together, has more pixels than allowed.',
    hint: 'Use a smaller image or a smaller batch; `imageLimits` lists the bounds.',
  },
  IMAGE_FORMAT_UNKNOWN: {
    exitCode: 2,
    meaning: 'A file is no image of a kind that can be read.',
    hint: 'Convert the file to PNG, JPEG or WebP.',
  },
  IMAGE_FILE_CORRUPT: {
    exitCode: 6,
    meaning: 'An image file is cut off or breaks the rules of its format.',
    hint: 'Save or upload the file again.',
  },
} as const satisfies Record<string, { exitCode: number; meaning: string; hint: string }>;

/** The closed set of codes of image operations and image files. */
export type ImageErrorCode = keyof typeof imageErrorCodes;

/** A refused image operation or image file; `hint` says what to do next. */
export class ImageError extends Error {
  override readonly name = 'ImageError';
  readonly code: ImageErrorCode;
  readonly hint: string;

  constructor(code: ImageErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = imageErrorCodes[code].hint;
  }
}
