import { basename } from 'node:path';
import {
  judgeRun,
  type RunEnd,
  type RunHistory,
  type SuperviseOptions,
  superviseRun,
  type TrainEvent,
} from '@dgx-pixels/lora-trainer';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { durationText } from '../output/remaining-time.ts';
import { trainerProgram } from './train-settings.ts';

/** Trains or watches a run to its end, and says how it ended. */
export async function watchRun(
  context: CommandContext,
  folder: string,
  total: number,
  options: Pick<SuperviseOptions, 'maxRestarts' | 'faults'> = {},
): Promise<CommandResult> {
  const { progress, signal, emit } = context;
  const notices: string[] = [];
  const end = await superviseRun(folder, {
    ...options,
    program: trainerProgram(context),
    signal,
    onEvent: (event, history) => {
      emit('train', event);
      const message = progressText(event, history, total);
      if (message !== null) progress.update(message, history.step / total);
    },
    onNotice: (message) => void notices.push(message),
  });
  return describeEnd(folder, end, notices, signal.aborted);
}

function progressText({ type }: TrainEvent, history: RunHistory, total: number): string | null {
  if (type === 'phase' && history.phase !== 'train') return `${history.phase} at update ${history.step} of ${total}`;
  const last = history.steps.at(-1);
  if (type !== 'step' || last === undefined) return null;
  const loss = last.loss === null ? 'skipped' : last.loss.toFixed(4);
  return `update ${last.step} of ${total}, loss ${loss}, ${(1 / last.seconds).toFixed(1)} a second`;
}

/** Exit codes of runs that ended before their last update. */
const codes: Readonly<Partial<Record<RunEnd['reason'], number>>> = {
  done: exitCodes.done,
  'config-invalid': exitCodes.usage,
  'dataset-changed': exitCodes.integrityFailure,
  'disk-full': exitCodes.preconditionMissing,
  'out-of-memory': exitCodes.preconditionMissing,
};

function describeEnd(folder: string, end: RunEnd, notices: readonly string[], interrupted: boolean): CommandResult {
  const name = basename(folder);
  const { reason, message, history, restarts } = end;
  const { verdict, reason: why, recommendedStep, rounds } = judgeRun(history);
  const stopped = interrupted && reason === 'stopped';
  const took = history.farewells.reduce((sum, { seconds }) => sum + seconds, 0);
  const text = [
    reason === 'done'
      ? `✔ done   ${history.step} updates in ${durationText(Math.round(took))}: ${folder}/adapter.safetensors`
      : `✖ ${reason} at update ${history.step}: ${message}`,
    `verdict  ${verdict}: ${why}`,
    ...(recommendedStep === null ? [] : [`use      the checkpoint of update ${recommendedStep}`]),
  ];
  return {
    exitCode: stopped ? exitCodes.interrupted : (codes[reason] ?? exitCodes.partlyDone),
    data: {
      run: name,
      folder,
      reason,
      message,
      step: history.step,
      restarts,
      verdict,
      recommendedStep,
      rounds,
      notices,
    },
    text: text.join('\n'),
    warnings: [...notices, ...history.warnings.map((warning) => `${warning.code}: ${warning.message}`)].slice(0, 20),
    next: nextCommands(name, reason, verdict),
  };
}

function nextCommands(name: string, reason: RunEnd['reason'], verdict: string): readonly string[] {
  if (reason === 'config-invalid' || reason === 'dataset-changed') return ['npx dgx-pixels train plan'];
  if (reason === 'out-of-memory') return ['npx dgx-pixels train plan --batch 1'];
  if (reason === 'not-finite') return ['npx dgx-pixels train plan --learning-rate 5e-5'];
  if (reason !== 'done') return [`npx dgx-pixels train resume ${name}`];
  const again = 'npx dgx-pixels train start --dataset datasets/crew';
  return [`npx dgx-pixels train sample ${name}`, ...(verdict === 'converged' ? [] : [again])];
}
