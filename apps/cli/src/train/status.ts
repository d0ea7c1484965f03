import { findRun, readRun } from '@dgx-pixels/lora-trainer';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { describeRun } from './describe-run.ts';
import { runsFolderOf } from './train-settings.ts';

export interface TrainStatusOptions {
  readonly runs?: string;
}

/** Says how a run stands. */
export async function trainStatus(
  context: CommandContext,
  name: string,
  { runs }: TrainStatusOptions,
): Promise<CommandResult> {
  const run = await readRun(await findRun(runsFolderOf(context, runs), name));
  const next: Partial<Record<typeof run.state, string>> = {
    waiting: `npx dgx-pixels train resume ${run.id}`,
    silent: `npx dgx-pixels train stop --now ${run.id}`,
    stopped: `npx dgx-pixels train resume ${run.id}`,
    killed: `npx dgx-pixels train resume ${run.id}`,
    failed: `npx dgx-pixels train logs ${run.id}`,
    done: `npx dgx-pixels train sample ${run.id}`,
  };
  const command = next[run.state];
  return { exitCode: exitCodes.done, ...describeRun(run), next: command === undefined ? [] : [command] };
}
