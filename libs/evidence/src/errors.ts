/** Every failure of this package: exit code (architecture, table of exit codes), what it means, what to type next. */
export const evidenceErrorCodes = {
  EVIDENCE_NOT_CANONICAL: {
    exitCode: 1,
    meaning: 'A value cannot be written as canonical JSON (RFC 8785)',
    hint: 'Replace NaN, Infinity, undefined, functions and cycles by null with a reason',
  },
  EVIDENCE_RECORD_INVALID: {
    exitCode: 1,
    meaning: 'A record does not satisfy the schema of its kind',
    hint: 'Compare the listed fields with docs/records.md',
  },
  EVIDENCE_ARTIFACT_MISMATCH: {
    exitCode: 1,
    meaning: 'The artifacts handed over are not those which the records name',
    hint: 'Describe artifacts with describeArtifact() from the bytes that are written',
  },
  EVIDENCE_PATH_REFUSED: {
    exitCode: 2,
    meaning: 'A path leaves its folder or holds characters that are not allowed',
    hint: 'Use a relative path of letters, digits, dot, dash, underscore and slash',
  },
  EVIDENCE_TOO_LARGE: {
    exitCode: 1,
    meaning: 'A file or a set of files is above the limit for evidence',
    hint: 'Keep fewer or smaller artifacts',
  },
  EVIDENCE_STORE_BUSY: {
    exitCode: 5,
    meaning: 'Another process holds the lock of this chain',
    hint: 'Wait for the named process to end, then repeat the command',
  },
  EVIDENCE_STORE_BROKEN: {
    exitCode: 6,
    meaning: 'The chain of stored records does not verify, so nothing was appended',
    hint: 'Move the named .jsonl and .head.json file away to start a new chain, and keep them for inspection',
  },
  EVIDENCE_NO_SAMPLES: {
    exitCode: 1,
    meaning: 'A statistic was asked of no values or of values that are not finite numbers',
    hint: 'Measure at least one sample',
  },
} as const satisfies Record<string, { exitCode: number; meaning: string; hint: string }>;

/** Code of an {@link EvidenceError}. */
export type EvidenceErrorCode = keyof typeof evidenceErrorCodes;

/** A record could not be made, written or appended. Bad evidence found while reading is an `EvidenceFault`, not an error. */
export class EvidenceError extends Error {
  readonly code: EvidenceErrorCode;
  readonly hint: string;
  readonly details: Record<string, unknown>;

  constructor(
    code: EvidenceErrorCode,
    message: string,
    options: { details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'EvidenceError';
    this.code = code;
    this.hint = evidenceErrorCodes[code].hint;
    this.details = options.details ?? {};
  }
}
