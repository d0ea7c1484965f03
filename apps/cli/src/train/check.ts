import { resolve } from 'node:path';
import { checkAdapter, type TargetSet } from '@dgx-pixels/lora-trainer';
import type { CommandContext } from '../command-context.ts';
import { CliError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';

export interface TrainCheckOptions {
  readonly base: 'bundled' | 'sdxl';
  readonly targets: TargetSet;
  readonly rank?: number;
}

/** Says whether an adapter file is whole: every layer, shape, value and fact in its header. */
export async function trainCheck(
  { workingDirectory }: CommandContext,
  file: string,
  { base, targets, rank }: TrainCheckOptions,
): Promise<CommandResult> {
  const report = await checkAdapter(resolve(workingDirectory, file), {
    architecture: base,
    targets,
    ...(rank !== undefined && { rank }),
  }).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('CLI_INPUT_UNREADABLE', `cannot read ${file}: ${reason}`, { cause });
  });
  const { faults, warnings, modules, expectedModules, bytes, metadata } = report;
  const facts = [metadata.title, metadata.base, metadata.licence].filter((fact) => fact !== null);
  return {
    exitCode: faults.length === 0 ? exitCodes.done : exitCodes.answerIsNo,
    data: report,
    text: [
      `${faults.length === 0 ? '✔' : '✖'} ${file}: ${modules} of ${expectedModules} layers, rank ${report.rank ?? 'unclear'}, ${(bytes / 1e6).toFixed(1)} MB`,
      ...(facts.length === 0 ? [] : [facts.join(' · ')]),
      ...faults.map(({ message, hint }) => `✖ ${message}\n  ${hint}`),
    ].join('\n'),
    warnings: warnings.map(({ message }) => message),
  };
}
