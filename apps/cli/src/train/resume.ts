import { findRun, readRun } from '@dgx-pixels/lora-trainer';
import type { CommandContext } from '../command-context.ts';
import type { CommandResult } from '../output/envelope.ts';
import { runsFolderOf } from './train-settings.ts';
import { watchRun } from './watch-run.ts';

export interface TrainResumeOptions {
  readonly runs?: string;
  readonly restarts?: number;
}

/** Goes on with a run from its newest checkpoint; one that is being trained is watched. */
export async function trainResume(
  context: CommandContext,
  run: string,
  { runs, restarts }: TrainResumeOptions,
): Promise<CommandResult> {
  const folder = await findRun(runsFolderOf(context, runs), run);
  const { request } = await readRun(folder);
  return watchRun(context, folder, request.training.steps, restarts === undefined ? {} : { maxRestarts: restarts });
}
