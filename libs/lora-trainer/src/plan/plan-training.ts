import { statfs } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { readGpu, readMemory } from '@dgx-pixels/host-telemetry';
import { type BaseModel, inspectBase } from '../base/inspect-base.ts';
import type { ResolvedConfig } from '../config/train-config.ts';
import { LoraTrainerError } from '../errors.ts';
import { explainSettings } from './explain-settings.ts';
import { estimateMemory } from './estimate-memory.ts';
import { inspectDataset } from './inspect-dataset.ts';
import { predictTime, type TrainingRate } from './predict-time.ts';
import type { PlannedDataset, TrainingPlan } from './training-plan.ts';
import { adapterSize, largestRank, updateWork } from './training-work.ts';

/** Largest adapter file that the mission allows, in bytes. */
export const maxAdapterBytes = 100e6;
/** More threads than this do not make one small model faster. */
const mostThreads = 8;

/** What the plan is made for. */
export interface PlanContext {
  /** Folder that runs are made in. */
  readonly runsFolder: string;
  /** How fast the machine trains, if that is known. */
  readonly rate: TrainingRate | null;
}

/** Works out a run from its configuration: what it does, takes and makes, and everything that speaks against it. */
export async function planTraining(config: ResolvedConfig, context: PlanContext): Promise<TrainingPlan> {
  const faults: string[] = [];
  const dataset = await orFault(faults, () => inspectDataset(config.dataset));
  const base = await orFault(faults, () => inspectBase(requireBase(config)));
  faults.push(...contradictions(config, dataset));
  const { training, adapter: wanted, size } = config;
  const perUpdate = training.batchSize * training.accumulation;
  const updates = updatesOf(config, dataset?.train ?? 1);
  const adapter = base === null ? null : adapterSize(base.shape, wanted.targets, wanted.rank);
  if (base !== null && adapter !== null) faults.push(...sizeFaults(base, config));
  const work = base === null ? null : updateWork(base.shape, { width: size, height: size, ...wanted, ...training });
  const updateOperations = work === null ? null : work.update * perUpdate;
  const validationOperations = (work?.forward ?? 0) * validationForwards(config, dataset, updates);
  const memory =
    base === null || adapter === null ? null : estimateMemory(base, adapter.parameters, training, size ** 2);
  const diskBytes = adapter === null ? null : diskFor(config, adapter.parameters, updates);
  const time =
    updateOperations === null || context.rate === null
      ? null
      : predictTime(
          { updates, updateOperations, validationOperations, cuda: training.device === 'cuda' },
          context.rate,
        );
  return {
    config,
    base,
    dataset,
    threads: config.threads ?? Math.min(availableParallelism(), mostThreads),
    updates,
    samples: updates * perUpdate,
    epochs: (updates * perUpdate) / Math.max(1, dataset?.train ?? 1),
    adapter,
    updateOperations,
    totalOperations: updateOperations === null ? null : updateOperations * updates + validationOperations,
    time,
    memory,
    diskBytes,
    faults,
    obstacles: await obstaclesHere(config, memory?.total ?? 0, diskBytes ?? 0, context.runsFolder),
    warnings: explainSettings(config, base, { updates, train: dataset?.train ?? 1, time }),
  };
}

async function orFault<T>(faults: string[], work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    faults.push(error.message);
    return null;
  }
}

function requireBase({ base, preset }: ResolvedConfig): string {
  if (base !== '') return base;
  const message = `preset ${preset} trains an SDXL model, and none is named with --base`;
  throw new LoraTrainerError('TRAIN_PLAN_INVALID', message);
}

/** Updates of so many epochs, or as many as the configuration says. */
function updatesOf({ epochs, repeats, training }: ResolvedConfig, pictures: number): number {
  if (epochs === null) return training.steps;
  return Math.max(1, Math.ceil((epochs * repeats * pictures) / (training.batchSize * training.accumulation)));
}

function contradictions(config: ResolvedConfig, dataset: PlannedDataset | null): readonly string[] {
  const { training, validation, size, factor } = config;
  const faults: string[] = [];
  if (dataset !== null && dataset.train === 0) faults.push(`${dataset.name} has no pictures to train on`);
  if (dataset !== null && validation.trainPictures > dataset.train) {
    faults.push(`validation.train_pictures is ${validation.trainPictures}, the set has ${dataset.train}`);
  }
  if (training.schedule === 'cosine' && training.warmupSteps >= updatesOf(config, dataset?.train ?? 1)) {
    faults.push(`training.warmup_steps (${training.warmupSteps}) leaves no update for the rest of the schedule`);
  }
  if (training.precision === 'float16' && training.device === 'cpu') {
    faults.push('training.precision float16 needs a GPU; processors train in float32 or bfloat16');
  }
  if (factor !== null && factor > size) faults.push(`factor ${factor} is larger than the pictures (${size})`);
  return faults;
}

function sizeFaults({ shape }: BaseModel, { adapter: { targets, rank } }: ResolvedConfig): readonly string[] {
  const { tensorBytes } = adapterSize(shape, targets, rank);
  if (tensorBytes <= maxAdapterBytes) return [];
  const most = largestRank(shape, targets, maxAdapterBytes);
  return [
    `an adapter of rank ${rank} on ${targets} takes ${megabytes(tensorBytes)}, and ${megabytes(maxAdapterBytes)} are allowed: the largest rank is ${most}`,
  ];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Forward passes of all rounds, one picture each. */
function validationForwards({ validation }: ResolvedConfig, dataset: PlannedDataset | null, updates: number): number {
  const rounds = 1 + Math.ceil(updates / validation.every);
  const pictures = (dataset?.heldOut ?? 0) + validation.trainPictures;
  return rounds * pictures * validation.timesteps.length * validation.noises;
}

/** Checkpoints (float32 factors, two moments, the float16 adapter), one being written and the best one, and two exports. */
function diskFor({ checkpoint }: ResolvedConfig, parameters: number, updates: number): number {
  const kept = Math.min(checkpoint.keep + 2, Math.ceil(updates / checkpoint.every) + 1);
  return kept * parameters * 14 + 2 * parameters * 2;
}

async function obstaclesHere(
  { training }: ResolvedConfig,
  memory: number,
  disk: number,
  runsFolder: string,
): Promise<readonly string[]> {
  const obstacles: string[] = [];
  const { totalBytes } = await readMemory();
  if (memory > totalBytes) {
    obstacles.push(
      `the run takes about ${gigabytes(memory)} of memory, this machine has ${gigabytes(totalBytes)}: lower training.batch_size or turn training.gradient_checkpointing on`,
    );
  }
  const free = await freeBytes(runsFolder);
  // Twice: a checkpoint must never be the last thing that fits.
  if (free !== null && disk * 2 > free) {
    obstacles.push(`checkpoints take about ${gigabytes(disk)}, ${gigabytes(free)} are free in ${runsFolder}`);
  }
  if (training.device === 'cuda') {
    const gpu = await readGpu();
    if (gpu.status === 'absent')
      obstacles.push(`there is no NVIDIA GPU here (${gpu.reason}); --preset embedded needs none`);
  }
  return obstacles;
}

async function freeBytes(folder: string): Promise<number | null> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await statfs(at).catch(() => null);
    if (found !== null) return found.bavail * found.bsize;
    if (at === dirname(at)) return null;
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}
