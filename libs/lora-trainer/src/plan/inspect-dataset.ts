import { isRefusal, readManifest, validateDataset } from '@dgx-pixels/dataset-tools';
import { LoraTrainerError } from '../errors.ts';
import type { PlannedDataset } from './training-plan.ts';

/**
 * Looks at a dataset that is to be trained on.
 *
 * @throws LoraTrainerError TRAIN_PLAN_INVALID when it may not be used: pictures without a licence or a caption; DatasetError
 * when it is no dataset
 */
export async function inspectDataset(folder: string): Promise<PlannedDataset> {
  if (folder === '') throw new LoraTrainerError('TRAIN_PLAN_INVALID', 'no dataset is named with --dataset');
  const { name, title, trigger, images } = await readManifest(folder);
  const { faults } = await validateDataset(folder);
  const refusals = faults.filter(isRefusal);
  if (refusals.length > 0) {
    const shown = refusals.slice(0, 5).map(({ path, message }) => `${path}: ${message}`);
    const more = refusals.length > shown.length ? `; and ${refusals.length - shown.length} more` : '';
    throw new LoraTrainerError('TRAIN_PLAN_INVALID', `${folder} may not be trained on: ${shown.join('; ')}${more}`, {
      hint: `npx dgx-pixels dataset validate ${folder}`,
      details: { faults: refusals },
    });
  }
  const licences = new Map<string, number>();
  for (const { licence } of images) licences.set(licence.spdx ?? '', (licences.get(licence.spdx ?? '') ?? 0) + 1);
  return {
    folder,
    name,
    title,
    trigger,
    train: images.filter(({ split }) => split === 'train').length,
    heldOut: images.filter(({ split }) => split === 'held-out').length,
    licences: [...licences].map(([spdx, pictures]) => ({ spdx, pictures })),
    attribution: [...new Set(images.map(({ licence: { author, spdx, url } }) => [author, spdx, url].join(', ')))],
  };
}
