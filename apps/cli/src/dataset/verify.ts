import { resolve } from 'node:path';
import { isRefusal, validateDataset, verifyDataset, verifyExport } from '@dgx-pixels/dataset-tools';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { faultData, faultLines } from './fault-lines.ts';

export interface DatasetVerifyOptions {
  readonly export?: string;
}

/** Proves pixels and licences of a dataset, and of an export of it, from the files. */
export async function datasetVerify(
  context: CommandContext,
  dataset: string,
  options: DatasetVerifyOptions,
): Promise<CommandResult> {
  const { progress, signal, workingDirectory } = context;
  const folder = resolve(workingDirectory, dataset);
  const onProgress = (done: number, total: number): void => progress.update('proving pixels', done / total);
  const proven = await verifyDataset(folder, { signal, onProgress });
  const valid = await validateDataset(folder);
  const licences = valid.faults.filter(({ kind }) => /^(licence|attribution|notice|source)-/.test(kind));
  const exported =
    options.export === undefined ? null : await verifyExport(resolve(workingDirectory, options.export), folder);
  const faults = [...proven.faults, ...licences, ...(exported?.faults ?? [])];
  const refused = faults.filter(isRefusal).length;
  const sums = [
    `${dataset}: ${proven.pictures} pictures have the pixels of their names, ${proven.remade} follow from their sources, ${proven.inverted} derived ones lead back to theirs`,
    ...(exported === null
      ? []
      : [`${options.export ?? ''}: ${exported.pictures} pictures are those of the dataset, pixel by pixel`]),
    `licences: ${licences.length === 0 ? 'every picture may be used, with the credits in CREDITS.md' : `${licences.length} fault(s)`}`,
  ];
  return {
    exitCode: refused === 0 ? exitCodes.done : exitCodes.integrityFailure,
    data: { dataset, ...proven, exported: exported?.pictures ?? null, faults: faultData(faults) },
    text: [...sums, ...faultLines(faults)].join('\n'),
  };
}
