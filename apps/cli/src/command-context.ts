import type { EventWriter } from './output/events.ts';
import type { Progress } from './output/progress.ts';

/** What every command is given. */
export interface CommandContext {
  /** Root folder of the workspace: bench/ and scripts/ lie there. */
  readonly workspaceRoot: string;
  /** Where the user typed the command: relative paths start here. */
  readonly workingDirectory: string;
  readonly version: string;
  /** Aborts on Ctrl-C and SIGTERM with the error to report. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Tells programs of a step that was done: a line on stdout with `--ndjson`, else nothing. */
  readonly emit: EventWriter;
  /**
   * Gives the result of a command that goes on until it is stopped, while it goes on: with `--json` as the envelope,
   * which is then the only one, else as a line on stderr, which `--quiet` leaves.
   */
  announce(data: unknown, text: string): void;
}
