import { resolve } from 'node:path';
import { augmentDataset, parseTransform } from '@dgx-pixels/dataset-tools';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { plainText } from '../output/plain-text.ts';

export interface DatasetAugmentOptions {
  readonly apply: readonly string[];
  readonly label: readonly string[];
}

/** Adds derived pictures by whole-pixel operations; operations that lose pixels are refused by name. */
export async function datasetAugment(
  context: CommandContext,
  dataset: string,
  { apply, label }: DatasetAugmentOptions,
): Promise<CommandResult> {
  const { progress, signal, workingDirectory } = context;
  const chains = apply.map((text) => text.split('+').map(parseTransform));
  const report = await augmentDataset(
    resolve(workingDirectory, dataset),
    { chains, labels: label.length === 0 ? null : label },
    { signal, onProgress: (done, total) => progress.update('deriving pictures', done / total) },
  );
  const { added, known, objections } = report;
  const lines = objections.slice(0, 10).map(({ name, reason }) => plainText(`– none  ${name}: ${reason}`));
  const more = objections.length > lines.length ? [`        … and ${objections.length - lines.length} more`] : [];
  const sums = `${dataset}: ${added} pictures derived, ${known} were there already, ${objections.length} left alone`;
  return {
    exitCode: exitCodes.done,
    data: { dataset, ...report },
    text: [sums, ...lines, ...more].join('\n'),
    next: [`npx dgx-pixels dataset verify ${dataset}`],
  };
}
