/** Every way in which the bench fails, with the exit code of the table in docs/architecture.md and the next command. */
export const benchErrorCodes = {
  BENCH_PROFILE_UNKNOWN: {
    exitCode: 2,
    meaning: 'there is no profile of this name in bench/profiles',
    hint: 'use one of the named profiles, for example `--profile embedded`',
  },
  BENCH_PROFILE_INVALID: {
    exitCode: 2,
    meaning: 'a profile file cannot be read as one, or names a file that is not there',
    hint: 'correct the named lines; bench/profiles/embedded.toml is an example',
  },
  BENCH_DEFINITION_INVALID: {
    exitCode: 2,
    meaning: 'a definition file cannot be read as one',
    hint: 'correct the named lines; bench/definitions/sprites.toml is an example',
  },
  BENCH_WORKFLOW_INVALID: {
    exitCode: 2,
    meaning: 'a workflow or its parameter file is malformed, or a parameter points to no input of it',
    hint: 'correct the named file; bench/workflows/txt2img.api.json is an example',
  },
  BENCH_ENGINE_MISMATCH: {
    exitCode: 2,
    meaning: 'the address of a server was given for a profile that measures the embedded engine',
    hint: 'leave out the address, or measure the server with `--profile comfyui`',
  },
  BENCH_MODEL_MISSING: {
    exitCode: 4,
    meaning: 'the engine does not list the checkpoint of the profile',
    hint: 'put the model into the checkpoint folder of the server, or correct `checkpoint` in the profile',
  },
  BENCH_ENGINE_SHARED: {
    exitCode: 5,
    meaning: 'somebody else has prompts on the engine, so that a measurement would time theirs too',
    hint: 'wait until the queue of the server is empty, then run the same command again',
  },
  BENCH_RUN_FAILED: {
    exitCode: 1,
    meaning: 'a run failed or gave another answer than its definition expects, so nothing was recorded',
    hint: 'read the rows of the failed runs in the named file, then run `npx dgx-pixels doctor`',
  },
  BENCH_RESULTS_UNWRITABLE: {
    exitCode: 4,
    meaning: 'the measurement could not be stored',
    hint: 'free disk space or fix the permissions of the named path, then run the same command again',
  },
} as const satisfies Record<string, { exitCode: number; meaning: string; hint: string }>;

/** A code of {@link benchErrorCodes}. */
export type BenchErrorCode = keyof typeof benchErrorCodes;

/** Thrown by every verb of this package; `code` says which case, `hint` what to type next. */
export class BenchError extends Error {
  override readonly name = 'BenchError';
  readonly code: BenchErrorCode;
  readonly hint: string;
  readonly details: Record<string, unknown>;

  constructor(
    code: BenchErrorCode,
    message: string,
    options: { readonly details?: Record<string, unknown>; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = benchErrorCodes[code].hint;
    this.details = options.details ?? {};
  }
}
