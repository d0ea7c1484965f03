import { resolve } from 'node:path';
import { captionDataset, type CaptionMode, createWordCaptioner } from '@dgx-pixels/dataset-tools';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { faultData, faultLines } from './fault-lines.ts';

export interface DatasetCaptionOptions {
  readonly trigger?: string;
  readonly mode: CaptionMode;
  readonly force?: boolean;
  readonly colours: boolean;
}

/** Gives every picture a caption; computes none twice and overwrites none that a person wrote. */
export async function datasetCaption(
  context: CommandContext,
  dataset: string,
  { trigger, mode, force = false, colours }: DatasetCaptionOptions,
): Promise<CommandResult> {
  const { progress, signal, workingDirectory } = context;
  const started = performance.now();
  const report = await captionDataset(resolve(workingDirectory, dataset), {
    captioner: createWordCaptioner({ nameColours: colours }),
    mode,
    force,
    ...(trigger !== undefined && { trigger }),
    signal,
    onProgress: (done, total) => progress.update('captioning', done / total),
  });
  const seconds = (performance.now() - started) / 1000;
  const { pictures, computed, cached, kept, edited, faults } = report;
  const sums = `${dataset}: ${pictures} pictures, ${computed} captions written, ${cached} known from before, ${kept} left as they are (${edited} edited by hand), ${seconds.toFixed(1)} s`;
  return {
    exitCode: faults.length === 0 ? exitCodes.done : exitCodes.partlyDone,
    data: { dataset, ...report, seconds, faults: faultData(faults) },
    text: [sums, ...faultLines(faults)].join('\n'),
    next: [`npx dgx-pixels dataset export ${dataset} --out <folder>`],
  };
}
