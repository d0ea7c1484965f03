/** Error codes of the command line itself. */
export const cliErrorCodes = {
  CLI_BATCH_INVALID: {
    exitCode: 2,
    meaning: 'A file of requests has one that cannot be run as it stands; nothing was run.',
    hint: 'correct the requests named in the message; bench/workflows/README.md lists templates and parameters',
  },
  CLI_INPUT_UNREADABLE: {
    exitCode: 2,
    meaning: 'A file named on the command line cannot be read, or is no JSON where JSON is needed.',
    hint: 'correct the path named in the message',
  },
  CLI_INTERNAL: {
    exitCode: 1,
    meaning: 'The program met a state it was not written for.',
    hint: 'run the command again with --verbose and report what it prints',
  },
  CLI_INTERRUPTED: {
    exitCode: 130,
    meaning: 'The command was interrupted; nothing half-written was left.',
    hint: 'run the same command again',
  },
  CLI_OUTPUT_BUSY: {
    exitCode: 5,
    meaning: 'Another batch is writing into the same folder.',
    hint: 'wait until it has ended, or choose another folder with --output',
  },
  CLI_OUTPUT_UNWRITABLE: {
    exitCode: 4,
    meaning: 'A result could not be written: the folder is missing, full or not writable.',
    hint: 'choose another folder with --output',
  },
  CLI_REPLAY_IMPOSSIBLE: {
    exitCode: 2,
    meaning: 'A file does not say how its picture was made.',
    hint: 'give a PNG as the server or generate run wrote it, or the record.json beside it',
  },
  CLI_RUN_FAILED: {
    exitCode: 1,
    meaning: 'The server accepted the workflow, and running it failed there.',
    hint: 'npx dgx-pixels doctor --only engine',
  },
  CLI_RUN_LOST: {
    exitCode: 1,
    meaning: 'The server no longer knows the run: it was restarted, or someone deleted the run.',
    hint: 'run the same command again',
  },
  CLI_RUN_OUT_OF_MEMORY: {
    exitCode: 4,
    meaning: 'The server ran out of memory.',
    hint: 'run it again with a smaller --batch, --width or --height',
  },
  CLI_TERMINATED: {
    exitCode: 143,
    meaning: 'The command was asked to end by another process; nothing half-written was left.',
    hint: 'run the same command again',
  },
  CLI_UNKNOWN_ERROR_CODE: {
    exitCode: 2,
    meaning: 'No part of the program uses this error code.',
    hint: 'npx dgx-pixels explain',
  },
  CLI_USAGE: {
    exitCode: 2,
    meaning: 'The command line was not understood.',
    hint: 'npx dgx-pixels --help',
  },
  CLI_WORKFLOW_REFUSED: {
    exitCode: 2,
    meaning: 'The server refused the workflow: a value, a model or a node that it does not have.',
    hint: 'npx dgx-pixels generate run --help',
  },
} as const;

export type CliErrorCode = keyof typeof cliErrorCodes;

/** A fault of the command line: wrong usage, an interruption, an unwritable result. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;
  readonly hint: string;
  readonly details: Record<string, unknown>;

  constructor(
    code: CliErrorCode,
    message: string,
    options: { hint?: string; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? cliErrorCodes[code].hint;
    this.details = options.details ?? {};
  }
}
