import { resolve } from 'node:path';
import { exportDataset, type ExportRequest } from '@dgx-pixels/dataset-tools';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { faultData, faultLines } from './fault-lines.ts';

export interface DatasetExportOptions {
  readonly out: string;
  readonly format: ExportRequest['format'];
  readonly size: number;
  readonly factor?: number;
  readonly background: string;
}

/** Writes a dataset as trainers read it, without resampling a pixel. */
export async function datasetExport(
  context: CommandContext,
  dataset: string,
  { out, format, size, factor, background }: DatasetExportOptions,
): Promise<CommandResult> {
  const { progress, signal, workingDirectory } = context;
  const request = {
    ...{ format, width: size, height: size, factor: factor ?? null, background: background.toLowerCase() },
    out: resolve(workingDirectory, out),
  };
  const report = await exportDataset(resolve(workingDirectory, dataset), request, {
    signal,
    onProgress: (done, total) => progress.update('exporting', done / total),
  });
  const { train, heldOut, lockSha256, faults } = report;
  const sums = `${out}: ${train} pictures to train on, ${heldOut} held out, ${size}×${size}, format ${format}, lock ${lockSha256.slice(0, 12)}`;
  return {
    exitCode: faults.length === 0 ? exitCodes.done : exitCodes.partlyDone,
    data: { dataset, ...report, faults: faultData(faults) },
    text: [sums, ...faultLines(faults)].join('\n'),
    next: [`npx dgx-pixels dataset verify ${dataset} --export ${out}`],
  };
}
