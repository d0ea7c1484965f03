import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { exportDataset, readTrainingSet, type TrainingSet } from '@dgx-pixels/dataset-tools';
import { ulid } from 'ulid';
import { LoraTrainerError } from '../errors.ts';
import type { TrainRequest } from '../protocol/train-request.ts';
import { runPaths, writeRequest, writeSamplePlan } from '../run/run-folder.ts';
import type { TrainingPlan } from './training-plan.ts';

/**
 * Makes the folder of a run: exports the set into it and writes the request. Nothing is left of it when that fails.
 *
 * @returns the run's folder
 * @throws LoraTrainerError TRAIN_PLAN_INVALID with every fault and obstacle of the plan, TRAIN_NO_SPACE; DatasetError
 */
export async function prepareRun(plan: TrainingPlan, runsFolder: string): Promise<string> {
  const { base, dataset, config, faults, obstacles } = plan;
  const against = [...faults, ...obstacles];
  if (base === null || dataset === null || against.length > 0) {
    throw new LoraTrainerError('TRAIN_PLAN_INVALID', against.join('; '), { details: { faults, obstacles } });
  }
  const runId = ulid();
  const folder = join(resolve(runsFolder), runId);
  try {
    await exportDataset(resolve(dataset.folder), {
      format: 'kohya',
      out: runPaths(folder).dataset,
      width: config.size,
      height: config.size,
      factor: config.factor,
      background: config.background ?? 'contrast',
    });
    const set = await readTrainingSet(runPaths(folder).dataset);
    await writeSamplePlan(folder, config.samples);
    await writeRequest(requestOf(plan, { runId, folder, set, base, dataset }));
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    throw new LoraTrainerError('TRAIN_NO_SPACE', `${folder} cannot be written: ${error.message}`, { cause: error });
  }
}

function requestOf(
  { config, threads, updates }: TrainingPlan,
  {
    runId,
    folder,
    set,
    base,
    dataset,
  }: {
    readonly runId: string;
    readonly folder: string;
    readonly set: TrainingSet;
    readonly base: NonNullable<TrainingPlan['base']>;
    readonly dataset: NonNullable<TrainingPlan['dataset']>;
  },
): TrainRequest {
  const pictures = (split: 'train' | 'held-out') =>
    set.index.images
      .filter((image) => image.split === split)
      .map(({ id, file, sha256, caption }) => ({ id, file, sha256, caption }));
  return {
    version: 1,
    runId,
    runFolder: folder,
    seed: config.seed,
    base: { kind: base.kind, path: resolve(base.path), sha256: base.sha256 },
    dataset: {
      path: runPaths(folder).dataset,
      lockSha256: set.lockSha256,
      name: dataset.name,
      trigger: dataset.trigger,
      width: config.size,
      height: config.size,
      train: pictures('train'),
      validation: pictures('held-out'),
    },
    adapter: config.adapter,
    training: { ...config.training, steps: updates, threads },
    validation: config.validation,
    checkpoint: config.checkpoint,
    metadata: {
      'modelspec.title': `${dataset.title} (LoRA for ${base.name})`.slice(0, 200),
      'modelspec.license': dataset.licences.map(({ spdx }) => spdx).join(' AND '),
      'modelspec.author': dataset.attribution.join('; ').slice(0, 2000),
      'dgx_pixels.dataset_lock_sha256': set.lockSha256,
    },
  };
}
