/** What keeps a training command from being carried out. How a run ends is a value: `run/run-state.ts`. */
export const loraTrainerErrorCodes = {
  TRAIN_PLAN_INVALID: {
    exitCode: 2,
    meaning: 'A training run was asked for that cannot be made: its settings, set or base model do not go together.',
    hint: 'correct what the message names; npx dgx-pixels train plan --help',
  },
  TRAIN_PYTHON_MISSING: {
    exitCode: 4,
    meaning: 'The Python environment that trains is not there or is not whole.',
    hint: 'npm run python:setup',
  },
  TRAIN_NO_SPACE: {
    exitCode: 4,
    meaning: 'The disk has less room than the checkpoints of the run take.',
    hint: 'free space, keep fewer checkpoints, or choose another folder with --runs',
  },
  TRAIN_RUN_NOT_FOUND: {
    exitCode: 4,
    meaning: 'There is no training run of that name.',
    hint: 'npx dgx-pixels train ls',
  },
  TRAIN_RUN_BUSY: {
    exitCode: 5,
    meaning: 'The run is trained or watched by another process.',
    hint: 'npx dgx-pixels train status <run>; npx dgx-pixels train stop <run>',
  },
  TRAIN_RUN_BROKEN: {
    exitCode: 6,
    meaning: 'Files of a training run were changed or torn: its request, its events or a checkpoint.',
    hint: 'take the run folder back from a backup, or start a new run',
  },
  TRAIN_RUN_ENDED: {
    exitCode: 7,
    meaning: 'A training run ended before its last update; its newest checkpoint is kept.',
    hint: 'npx dgx-pixels train status <run> says why; npx dgx-pixels train resume <run> goes on',
  },
} as const satisfies Record<string, { exitCode: number; meaning: string; hint: string }>;

/** The closed set of this library's error codes. */
export type LoraTrainerErrorCode = keyof typeof loraTrainerErrorCodes;

/** A training command that could not be carried out; `hint` says what to do next. */
export class LoraTrainerError extends Error {
  override readonly name = 'LoraTrainerError';
  readonly code: LoraTrainerErrorCode;
  readonly hint: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: LoraTrainerErrorCode,
    message: string,
    options: { hint?: string; details?: Readonly<Record<string, unknown>>; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? loraTrainerErrorCodes[code].hint;
    this.details = options.details ?? {};
  }
}
