import { findRun, stopRun } from '@dgx-pixels/lora-trainer';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { describeRun } from './describe-run.ts';
import { runsFolderOf } from './train-settings.ts';

export interface TrainStopOptions {
  readonly runs?: string;
  readonly now?: boolean;
}

/** Stops a run: with a checkpoint, or at once. Ends when the process has ended. */
export async function trainStop(
  context: CommandContext,
  name: string,
  { runs, now }: TrainStopOptions,
): Promise<CommandResult> {
  const folder = await findRun(runsFolderOf(context, runs), name);
  context.progress.update(now === true ? 'ending the trainer' : 'waiting for a checkpoint');
  const run = await stopRun(folder, { now: now === true, signal: context.signal });
  const next = run.state === 'done' ? [] : [`npx dgx-pixels train resume ${run.id}`];
  return { exitCode: exitCodes.done, ...describeRun(run), next };
}
