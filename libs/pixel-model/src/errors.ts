/** Every failure of this package: exit code (architecture, table of exit codes), what it means, what to type next. */
export const pixelModelErrorCodes = {
  PIXEL_MODEL_FILE_MISSING: {
    exitCode: 4,
    meaning: 'A file of the bundled model cannot be read',
    hint: 'Restore the files: `git checkout -- libs/pixel-model/model`',
  },
  PIXEL_MODEL_FILE_INVALID: {
    exitCode: 6,
    meaning: 'A file of the bundled model does not have the expected form',
    hint: 'Restore the files: `git checkout -- libs/pixel-model/model`, or export again: `npm run pixel-model:train`',
  },
} as const satisfies Record<string, { exitCode: number; meaning: string; hint: string }>;

/** Code of a {@link PixelModelError}. */
export type PixelModelErrorCode = keyof typeof pixelModelErrorCodes;

/** The model's files cannot be read or parsed. A wrong digest is an answer of `verifyPixelModel`, not an error. */
export class PixelModelError extends Error {
  readonly code: PixelModelErrorCode;
  readonly hint: string;
  readonly details: Record<string, unknown>;

  constructor(
    code: PixelModelErrorCode,
    message: string,
    options: { details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'PixelModelError';
    this.code = code;
    this.hint = pixelModelErrorCodes[code].hint;
    this.details = options.details ?? {};
  }
}
