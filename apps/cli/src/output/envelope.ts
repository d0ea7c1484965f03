import type { CodedError } from '../coded-error.ts';

/** What `--json` prints: one line on stdout, whatever happened. Fields are only ever added. */
export interface Envelope {
  readonly schema: 'dgx-pixels/envelope/v1';
  readonly ok: boolean;
  readonly command: string;
  readonly version: string;
  /** The command's own result; null after an error. */
  readonly data: unknown;
  readonly error: Omit<CodedError, 'exitCode'> | null;
  readonly warnings: readonly string[];
  /** Commands worth typing next. */
  readonly next: readonly string[];
}

/** What a command hands back when it did not throw. */
export interface CommandResult {
  readonly exitCode: number;
  readonly data: unknown;
  /** The same result for a human reader. */
  readonly text: string;
  readonly warnings?: readonly string[];
  readonly next?: readonly string[];
}
