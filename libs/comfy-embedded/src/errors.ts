/** Every failure of the embedded server that a caller can act on. Exit codes as in docs/architecture.md §6. */
export const embeddedErrorCodes = {
  EMBEDDED_BAD_OPTION: {
    exitCode: 2,
    meaning: 'A server option is outside its range.',
    hint: 'Correct the option that the message names.',
  },
  EMBEDDED_PORT_IN_USE: {
    exitCode: 5,
    meaning: 'Another process listens on the requested port.',
    hint: 'Ask for a free port with --port 0, or stop the other process.',
  },
  EMBEDDED_LISTEN_FAILED: {
    exitCode: 4,
    meaning: 'The operating system refused the address or the port.',
    hint: 'Ask for port 0 on 127.0.0.1; ports below 1024 need privileges.',
  },
  EMBEDDED_DIRECTORY_UNUSABLE: {
    exitCode: 4,
    meaning: 'The output or temporary directory cannot be created or written.',
    hint: 'Free space or fix the permissions of the named directory, or name another: --output, TMPDIR, tempDirectory.',
  },
  EMBEDDED_WRITE_FAILED: {
    exitCode: 4,
    meaning: 'An image could not be written: the folder is full, gone or not writable.',
    hint: 'Free space or fix the permissions of the named folder, or name another: --output, TMPDIR.',
  },
  EMBEDDED_PATH_REFUSED: {
    exitCode: 2,
    meaning: 'A file name or prefix would leave the output directory or is no plain name.',
    hint: 'Use a relative prefix such as "sprites/bird", without ".." and control characters.',
  },
  EMBEDDED_JSON_INVALID: {
    exitCode: 2,
    meaning: 'A text is not JSON, or is nested deeper than allowed.',
    hint: 'Send one JSON value; NaN and Infinity are not JSON.',
  },
} as const satisfies Record<string, { exitCode: number; meaning: string; hint: string }>;

/** The closed set of codes of this library. */
export type EmbeddedErrorCode = keyof typeof embeddedErrorCodes;

/** A failure of the embedded server: what happened, and in `hint` what to do next. */
export class EmbeddedServerError extends Error {
  override readonly name = 'EmbeddedServerError';
  readonly code: EmbeddedErrorCode;
  readonly hint: string;
  readonly details: Record<string, unknown>;

  constructor(
    code: EmbeddedErrorCode,
    message: string,
    options: { readonly details?: Record<string, unknown>; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = embeddedErrorCodes[code].hint;
    this.details = options.details ?? {};
  }
}
