import { resolve } from 'node:path';
import { validateDataset } from '@dgx-pixels/dataset-tools';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { faultData, faultLines } from './fault-lines.ts';

/** Says whether a dataset is fit for training: licences, captions, pixels, split, size. */
export async function datasetValidate({ workingDirectory }: CommandContext, dataset: string): Promise<CommandResult> {
  const report = await validateDataset(resolve(workingDirectory, dataset));
  const { pictures, derived, heldOut, faults, refused } = report;
  const verdict =
    refused === 0 ? 'nothing stands in the way of training' : `${refused} fault(s) stand in the way of training`;
  return {
    exitCode: refused === 0 ? exitCodes.done : exitCodes.answerIsNo,
    data: { dataset, ...report, faults: faultData(faults) },
    text: [
      `${dataset}: ${pictures} pictures, ${derived} derived, ${heldOut} held out; ${verdict}`,
      ...faultLines(faults),
    ].join('\n'),
    next: refused === 0 ? [`npx dgx-pixels dataset export ${dataset} --out <folder>`] : [],
  };
}
