import type { CommandContext } from './command-context.ts';
import { exitCodes } from './exit-codes.ts';
import { abortOnInterrupt } from './interrupt.ts';
import type { CommandResult, Envelope } from './output/envelope.ts';
import { plainText } from './output/plain-text.ts';
import { createEventWriter, progressEvents } from './output/events.ts';
import { createProgress } from './output/progress.ts';
import { writeEnvelope } from './output/write-envelope.ts';
import { reportError } from './report-error.ts';
import { version, workspaceRoot } from './workspace.ts';

export interface GlobalOptions {
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/** Runs one command: gives it its context, prints its result or its error, and sets the exit code. */
export async function runCommand(
  command: string,
  options: GlobalOptions,
  run: (context: CommandContext) => Promise<CommandResult>,
): Promise<void> {
  const ndjson = options.ndjson === true;
  const json = ndjson || options.json === true;
  const emit = ndjson ? createEventWriter(command) : () => undefined;
  const progress = ndjson ? progressEvents(emit) : createProgress({ quiet: json || options.quiet === true });
  const signal = abortOnInterrupt((message) => {
    progress.done();
    process.stderr.write(`${message}\n`);
  });
  const state = { announced: false };
  const announce = (data: unknown, text: string): void => {
    progress.done();
    if (json) printEnvelope(command, { exitCode: exitCodes.done, data });
    else process.stderr.write(`${plainText(text)}\n`);
    state.announced = true;
  };
  const context = { workspaceRoot, workingDirectory: process.cwd(), version, signal, progress, emit, announce };
  try {
    const result = await run(context);
    progress.done();
    if (!json) printText(result);
    else if (!state.announced) printEnvelope(command, result);
    process.exitCode = result.exitCode;
  } catch (thrown) {
    progress.done();
    const { exitCode } = reportError(command, signal.aborted ? signal.reason : thrown, { json });
    if (options.verbose === true) console.error(thrown);
    process.exitCode = exitCode;
  }
}

/** Prints a result as the one line that `--json` promises. */
export function printEnvelope(
  command: string,
  { exitCode, data, warnings = [], next = [] }: Omit<CommandResult, 'text'>,
): void {
  const envelope: Envelope = {
    schema: 'dgx-pixels/envelope/v1',
    ok: exitCode === 0,
    command,
    version,
    data,
    error: null,
    warnings,
    next,
  };
  writeEnvelope(envelope);
}

function printText({ text, warnings = [], next = [] }: CommandResult): void {
  process.stdout.write(`${text}\n`);
  for (const warning of warnings) process.stderr.write(`warning  ${plainText(warning)}\n`);
  for (const command of next) process.stderr.write(`   next  ${plainText(command)}\n`);
}
