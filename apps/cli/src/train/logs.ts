import { findRun, readLogEnd } from '@dgx-pixels/lora-trainer';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { plainText } from '../output/plain-text.ts';
import { runsFolderOf } from './train-settings.ts';

export interface TrainLogsOptions {
  readonly runs?: string;
  readonly lines: number;
}

/** The end of what the processes of a run printed; what they did stands in the run's events. */
export async function trainLogs(
  context: CommandContext,
  name: string,
  { runs, lines }: TrainLogsOptions,
): Promise<CommandResult> {
  const folder = await findRun(runsFolderOf(context, runs), name);
  const end = await readLogEnd(folder, lines);
  return { exitCode: exitCodes.done, data: { folder, lines: end }, text: end.map(plainText).join('\n') };
}
