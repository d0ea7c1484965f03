import { verifyResume } from '@dgx-pixels/lora-trainer';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { readSettings, trainerProgram, type TrainSettingOptions } from './train-settings.ts';

export interface TrainVerifyResumeOptions extends TrainSettingOptions {
  readonly half: number;
}

/** Proves that a run which is killed and resumed is, bit for bit, the run that was not. */
export async function trainVerifyResume(
  context: CommandContext,
  { half, ...options }: TrainVerifyResumeOptions,
): Promise<CommandResult> {
  const { progress, signal } = context;
  const config = await readSettings(context, options);
  const proof = await verifyResume(config, {
    program: trainerProgram(context),
    updates: half,
    signal,
    onProgress: (step) => progress.update(step),
  });
  const { updates, killedBefore, resumedFrom, equalLosses, equalValidation, files, exact } = proof;
  const mark = (equal: boolean): string => (equal ? '✔ equal ' : '✖ differs');
  return {
    exitCode: exact ? exitCodes.done : exitCodes.answerIsNo,
    data: proof,
    text: [
      `${updates} updates, and the same with kill -9 before update ${killedBefore}, resumed from ${resumedFrom}`,
      `${mark(equalLosses)} losses of all updates`,
      `${mark(equalValidation)} errors of all validation cells`,
      ...files.map(({ name, equal }) => `${mark(equal)} ${name}`),
      exact ? 'resuming is exact, bit for bit' : 'resuming is not exact here',
    ].join('\n'),
  };
}
