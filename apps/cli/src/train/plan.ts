import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { planLines } from './plan-lines.ts';
import { planRun, runsFolderOf, type TrainSettingOptions } from './train-settings.ts';

export interface TrainPlanOptions extends TrainSettingOptions {
  readonly runs?: string;
}

/** Says what a run would do, take and make, and everything that speaks against it; nothing is started. */
export async function trainPlan(context: CommandContext, options: TrainPlanOptions): Promise<CommandResult> {
  const plan = await planRun(context, options, runsFolderOf(context, options.runs));
  const { faults, obstacles, warnings } = plan;
  return {
    exitCode: faults.length > 0 ? exitCodes.usage : exitCodes.done,
    data: plan,
    text: [
      ...planLines(plan),
      ...faults.map((fault) => `✖ fault    ${fault}`),
      ...obstacles.map((obstacle) => `✖ not here ${obstacle}`),
    ].join('\n'),
    warnings: [...warnings],
    next: faults.length + obstacles.length > 0 ? [] : [`npx dgx-pixels train start ${sameOptions(options)}`.trim()],
  };
}

/** The options again, for the command that starts what was planned. */
function sameOptions(options: TrainPlanOptions): string {
  return Object.entries(options)
    .filter(([name, value]) => name !== 'canary' && value !== undefined)
    .map(([name, value]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${String(value)}`)
    .join(' ');
}
