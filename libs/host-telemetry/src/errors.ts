/** Every way in which host telemetry fails, with the exit code of the table in docs/architecture.md and the next command. */
export const hostTelemetryErrorCodes = {
  HOST_BUSY: {
    exitCode: 5,
    meaning: 'another measurement holds the machine lock',
    hint: 'wait for the named process to end, then run the same command again',
  },
  HOST_LOCK_UNUSABLE: {
    exitCode: 4,
    meaning: 'the machine lock directory or its newest entry cannot be used',
    hint: 'check the named path; when no measurement is running, delete it and run the same command again',
  },
  HOST_GEMM_FAILED: {
    exitCode: 1,
    meaning: 'the matrix multiplication probe did not finish or gave a wrong product',
    hint: 'run `npm ci` to restore onnxruntime-node, then `npx dgx-pixels doctor`',
  },
  HOST_BASELINE_UNWRITABLE: {
    exitCode: 4,
    meaning: 'the measured baseline could not be stored',
    hint: 'free disk space or fix the permissions of the named path, then run `npx nx run host-telemetry:foundation`',
  },
} as const satisfies Record<string, { exitCode: number; meaning: string; hint: string }>;

/** A code of {@link hostTelemetryErrorCodes}. */
export type HostTelemetryErrorCode = keyof typeof hostTelemetryErrorCodes;

/** Thrown by every verb of this package; `code` says which case, `hint` what to type next. */
export class HostTelemetryError extends Error {
  override readonly name = 'HostTelemetryError';
  readonly code: HostTelemetryErrorCode;
  readonly hint: string;
  readonly details: Record<string, unknown>;

  constructor(
    code: HostTelemetryErrorCode,
    message: string,
    options: { readonly details?: Record<string, unknown>; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = hostTelemetryErrorCodes[code].hint;
    this.details = options.details ?? {};
  }
}
