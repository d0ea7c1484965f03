/** Every failure of judging itself. Bad evidence and unmet limits are findings of a verdict, not errors. */
export const gateErrorCodes = {
  GATE_INTERNAL: {
    exitCode: 1,
    meaning: 'The gate runner met a state it was not written for',
    hint: 'Run the command again without --json and report what it prints',
  },
  GATE_UNKNOWN: {
    exitCode: 2,
    meaning: 'There is no gate of this name',
    hint: 'Use m0 or m1',
  },
  GATE_PROFILE_UNKNOWN: {
    exitCode: 2,
    meaning: 'There is no profile of this name',
    hint: 'Use embedded, comfyui, gb10-fast or gb10-full',
  },
  GATE_PROBE_UNKNOWN: {
    exitCode: 2,
    meaning: 'There is no probe of this name',
    hint: 'See docs/gates.md for the names of all probes',
  },
  GATE_USAGE: {
    exitCode: 2,
    meaning: 'The arguments of the gate runner are not understood',
    hint: 'Use: gate-runner m0|m1 [--profile embedded|comfyui|gb10-fast|gb10-full] [--json], or gate-runner catalogue gates|records',
  },
  GATE_NO_WORKSPACE: {
    exitCode: 4,
    meaning: 'No folder above the current one holds bench/policies',
    hint: 'Run the command inside the workspace, for example with: npx nx run gate-runner:m1',
  },
  GATE_POLICY_MISSING: {
    exitCode: 4,
    meaning: 'The policy of a profile cannot be read',
    hint: 'Restore the file, for example with: git checkout -- bench/policies',
  },
  GATE_POLICY_INVALID: {
    exitCode: 4,
    meaning: 'The policy of a profile is not TOML or has fields that are wrong',
    hint: 'Correct the named lines; docs/gates.md lists the fields of a policy',
  },
  GATE_VERDICT_UNWRITABLE: {
    exitCode: 4,
    meaning: 'The verdict could not be stored; none is left of an earlier run either',
    hint: 'Free disk space or fix the permissions of the named path, then run the same command again',
  },
} as const satisfies Record<string, { exitCode: number; meaning: string; hint: string }>;

/** Code of a {@link GateError}. */
export type GateErrorCode = keyof typeof gateErrorCodes;

/** A gate could not be judged at all. */
export class GateError extends Error {
  readonly code: GateErrorCode;
  readonly hint: string;
  readonly details: Record<string, unknown>;

  constructor(
    code: GateErrorCode,
    message: string,
    options: { details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'GateError';
    this.code = code;
    this.hint = gateErrorCodes[code].hint;
    this.details = options.details ?? {};
  }
}
