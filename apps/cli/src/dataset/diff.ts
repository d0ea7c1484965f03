import { resolve } from 'node:path';
import { diffDatasets, readManifest } from '@dgx-pixels/dataset-tools';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';
import { plainText } from '../output/plain-text.ts';

/** Says what differs between two datasets, picture by picture. */
export async function datasetDiff(
  { workingDirectory }: CommandContext,
  before: string,
  after: string,
): Promise<CommandResult> {
  const difference = diffDatasets(
    await readManifest(resolve(workingDirectory, before)),
    await readManifest(resolve(workingDirectory, after)),
  );
  const { fields, added, removed, renamed, changed } = difference;
  const lines = [
    ...fields.map((field) => `  ${field} differs`),
    ...added.map((name) => `+ ${name}`),
    ...removed.map((name) => `- ${name}`),
    ...renamed.map(({ from, to }) => `> ${from} is now ${to}`),
    ...changed.map(({ name, parts }) => `~ ${name}: ${parts.join(', ')}`),
  ];
  return {
    exitCode: exitCodes.done,
    data: { before, after, ...difference },
    text: plainText(lines.length === 0 ? `${before} and ${after} are equal` : lines.join('\n')),
  };
}
