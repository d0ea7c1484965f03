import { judgeRun, listRuns, readRun } from '@dgx-pixels/lora-trainer';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { runsFolderOf } from './train-settings.ts';

export interface TrainListOptions {
  readonly runs?: string;
}

/** Lists runs, newest first. */
export async function trainList(context: CommandContext, { runs }: TrainListOptions): Promise<CommandResult> {
  const folder = runsFolderOf(context, runs);
  const listed = [];
  for (const path of await listRuns(folder)) {
    const run = await readRun(path).catch((error: unknown) => String(error));
    if (typeof run === 'string') {
      listed.push({ run: path, state: 'broken', set: null, step: null, steps: null, verdict: null });
      continue;
    }
    const { verdict } = judgeRun(run.history);
    const { dataset, training } = run.request;
    listed.push({ run: run.id, state: run.state, set: dataset.name, step: run.history.step, steps: training.steps, verdict }); // prettier-ignore
  }
  const lines = listed.map(({ run, state, set, step, steps, verdict }) =>
    [run, state.padEnd(8), `${step ?? '–'}/${steps ?? '–'}`.padStart(11), set ?? '–', verdict ?? '–'].join('  '),
  );
  return {
    exitCode: exitCodes.done,
    data: { folder, runs: listed },
    text: lines.length === 0 ? `${folder} has no runs` : lines.join('\n'),
    next: lines.length === 0 ? ['npx dgx-pixels train start --dataset datasets/pixel-icons'] : [],
  };
}
