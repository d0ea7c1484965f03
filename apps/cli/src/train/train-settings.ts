import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  checkTrainConfig,
  LoraTrainerError,
  measureCanary,
  parseTrainConfig,
  planTraining,
  predictedGb10Rate,
  rateOfEarlierRun,
  type ResolvedConfig,
  resolveConfig,
  type TrainerProgram,
  type TrainingPlan,
  type TrainingRate,
} from '@dgx-pixels/lora-trainer';
import type { CommandContext } from '../command-context.ts';
import { readInputFile } from '../read-input-file.ts';

/** Options of the commands that begin a run. */
export interface TrainSettingOptions {
  readonly config?: string;
  readonly preset?: string;
  readonly dataset?: string;
  readonly base?: string;
  readonly steps?: number;
  readonly epochs?: number;
  readonly batch?: number;
  readonly rank?: number;
  readonly learningRate?: number;
  readonly size?: number;
  readonly background?: string;
  readonly seed?: number;
  readonly threads?: number;
  readonly canary?: boolean;
}

/** Folder that runs lie in, unless the user names another. */
export function runsFolderOf({ workspaceRoot, workingDirectory }: CommandContext, runs: string | undefined): string {
  return runs === undefined ? join(workspaceRoot, 'runs') : resolve(workingDirectory, runs);
}

/**
 * The Python that trains: the repository's, or what DGX_PIXELS_PYTHON names.
 *
 * @throws LoraTrainerError TRAIN_PYTHON_MISSING
 */
export function trainerProgram({ workspaceRoot }: CommandContext): TrainerProgram {
  const python = process.env['DGX_PIXELS_PYTHON'] ?? join(workspaceRoot, '.venv/bin/python');
  if (!existsSync(python)) throw new LoraTrainerError('TRAIN_PYTHON_MISSING', `${python} is not there`);
  return { python };
}

/** The settings of a run: those of the file, then those of the options. @throws LoraTrainerError TRAIN_PLAN_INVALID */
export async function readSettings(context: CommandContext, options: TrainSettingOptions): Promise<ResolvedConfig> {
  const { workingDirectory, workspaceRoot } = context;
  const { config, preset, dataset, base, steps, epochs, batch, rank, learningRate } = options;
  const fromFile =
    config === undefined ? {} : parseTrainConfig((await readInputFile(context, config)).toString('utf8'), config);
  // Folders that a file names lie in the workspace, those of an option where the user is.
  const inWorkspace = {
    ...fromFile,
    ...(fromFile.dataset !== undefined && { dataset: resolve(workspaceRoot, fromFile.dataset) }),
  };
  const given = checkTrainConfig(
    {
      ...{ preset, epochs, size: options.size, background: options.background?.toLowerCase() },
      ...{ seed: options.seed, threads: options.threads },
      dataset: dataset === undefined ? undefined : resolve(workingDirectory, dataset),
      base: base === undefined || base === 'bundled' ? base : resolve(workingDirectory, base),
      adapter: { rank },
      training: { steps, batchSize: batch, learningRate },
    },
    'options',
  );
  return resolveConfig(inWorkspace, given);
}

/** Plans a run: how fast the machine is comes from a canary, an earlier run here, or for a GPU from what others published. */
export async function planRun(
  context: CommandContext,
  options: TrainSettingOptions,
  runsFolder: string,
): Promise<TrainingPlan> {
  const config = await readSettings(context, options);
  const plan = await planTraining(config, { runsFolder, rate: null });
  const rate = await knownRate(context, options, plan, runsFolder);
  return rate === null ? plan : planTraining(config, { runsFolder, rate });
}

async function knownRate(
  context: CommandContext,
  { canary }: TrainSettingOptions,
  { config, base, threads, faults, obstacles }: TrainingPlan,
  runsFolder: string,
): Promise<TrainingRate | null> {
  if (base === null || faults.length > 0) return null;
  if (canary === true && obstacles.length === 0) {
    context.progress.update('measuring a few updates');
    return measureCanary(config, trainerProgram(context), context.signal);
  }
  const { device } = config.training;
  const earlier = await rateOfEarlierRun(runsFolder, { baseKind: base.kind, device, threads });
  return earlier ?? (device === 'cuda' ? predictedGb10Rate : null);
}
