import { basename } from 'node:path';
import { prepareRun, startDetached } from '@dgx-pixels/lora-trainer';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { planRun, runsFolderOf, trainerProgram, type TrainSettingOptions } from './train-settings.ts';
import { watchRun } from './watch-run.ts';

export interface TrainStartOptions extends TrainSettingOptions {
  readonly runs?: string;
  readonly detach?: boolean;
}

/** Plans a run, exports its set into its folder, trains it, and watches it to its end. */
export async function trainStart(context: CommandContext, options: TrainStartOptions): Promise<CommandResult> {
  const runsFolder = runsFolderOf(context, options.runs);
  const program = trainerProgram(context);
  const plan = await planRun(context, options, runsFolder);
  const folder = await prepareRun(plan, runsFolder);
  if (options.detach !== true) {
    const result = await watchRun(context, folder, plan.updates);
    return { ...result, warnings: [...plan.warnings, ...(result.warnings ?? [])] };
  }
  const pid = await startDetached(folder, program);
  const name = basename(folder);
  return {
    exitCode: exitCodes.done,
    data: { run: name, folder, pid },
    text: `process ${pid} trains ${folder} and goes on without this terminal`,
    warnings: [...plan.warnings],
    next: [`npx dgx-pixels train status ${name}`, `npx dgx-pixels train resume ${name}`],
  };
}
