import { relative } from 'node:path';
import { writeDatasetCheck } from '@dgx-pixels/dataset-tools';
import { readTrainingSprites } from '@dgx-pixels/pixel-model';
import { chooseProfile } from '../choose-profile.ts';
import type { CommandContext } from '../command-context.ts';
import { exitCodes } from '../exit-codes.ts';
import type { CommandResult } from '../output/envelope.ts';

export interface DatasetCheckOptions {
  readonly profile?: string;
}

/** Measures the datasets of the workspace and the tools that made them; what was found becomes evidence. */
export async function datasetCheck(context: CommandContext, options: DatasetCheckOptions): Promise<CommandResult> {
  const { progress, signal, workspaceRoot } = context;
  const profile = await chooseProfile(options.profile);
  const { sha256: modelSprites } = await readTrainingSprites();
  const onProgress = (step: string): void => progress.update(step);
  const written = await writeDatasetCheck({ workspaceRoot, profile, modelSprites, signal, onProgress });
  const { datasets, captioning, augmentation } = written.record.payload;
  const lines = datasets.map(({ name, pictures, heldOut, refused, licences, pairsAcrossSplit, sharedWithModel }) => {
    const sound = refused === 0 && pairsAcrossSplit === 0 && sharedWithModel === 0;
    const licensed = licences.map(({ spdx, pictures: count }) => `${spdx} ${count}`).join(', ');
    return `${sound ? '✔ ok   ' : '✖ fail '} ${name}  ${pictures} pictures, ${heldOut} held out, ${licensed}, ${pairsAcrossSplit} pairs across the split, ${sharedWithModel} shared with the bundled model`;
  });
  const outputs = augmentation.operations.reduce((sum, operation) => sum + operation.outputs, 0);
  const inverted = augmentation.operations.reduce((sum, operation) => sum + operation.inverted, 0);
  const folder = relative(workspaceRoot, written.latestDirectory);
  return {
    exitCode: exitCodes.done,
    data: { profile, folder, record: written.record.id, ...written.record.payload },
    text: [
      `profile ${profile}`,
      ...lines,
      `✔ ok    captions  ${captioning.pictures} in ${(captioning.durationMs / 1000).toFixed(2)} s, ${captioning.again.computed} computed again`,
      `${inverted === outputs ? '✔ ok   ' : '✖ fail '} augmentation  ${inverted} of ${outputs} outputs of ${augmentation.operations.length} operations inverted bit for bit`,
      `record in ${folder}`,
    ].join('\n'),
  };
}
