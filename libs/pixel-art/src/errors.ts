/** What can be wrong with a request about pixels. Exit codes as in docs/architecture.md §6. */
export const pixelArtErrorCodes = {
  PIXEL_REQUEST_INVALID: {
    exitCode: 2,
    meaning: 'An operation on pixels was asked for something outside its range.',
    hint: 'Correct the value that the message names.',
  },
  PIXEL_TOO_MANY: {
    exitCode: 2,
    meaning: 'A palette was to be chosen from more pixels than can be sorted.',
    hint: 'Give the palette, or fewer or smaller pictures.',
  },
} as const satisfies Record<string, { exitCode: number; meaning: string; hint: string }>;

/** The closed set of this library's error codes. */
export type PixelArtErrorCode = keyof typeof pixelArtErrorCodes;

/** A refused operation on pixels; `hint` says what to do next. */
export class PixelArtError extends Error {
  override readonly name = 'PixelArtError';
  readonly code: PixelArtErrorCode;
  readonly hint: string;

  constructor(code: PixelArtErrorCode, message: string) {
    super(message);
    this.code = code;
    this.hint = pixelArtErrorCodes[code].hint;
  }
}
