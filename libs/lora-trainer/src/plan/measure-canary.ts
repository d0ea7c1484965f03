import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResolvedConfig } from '../config/train-config.ts';
import { LoraTrainerError } from '../errors.ts';
import { readRun } from '../run/read-run.ts';
import { superviseRun } from '../supervise/supervise-run.ts';
import type { TrainerProgram } from '../supervise/trainer-process.ts';
import { planTraining } from './plan-training.ts';
import { prepareRun } from './prepare-run.ts';
import type { TrainingRate } from './predict-time.ts';
import { rateOfRun } from './rate-of-run.ts';

const canarySteps = 25;

/**
 * Trains a few updates of a configuration in a folder that goes afterwards, to know how fast this machine is.
 *
 * @throws LoraTrainerError as `prepareRun` and `superviseRun`; TRAIN_RUN_ENDED when the trainer did not get through
 */
export async function measureCanary(
  config: ResolvedConfig,
  program: TrainerProgram,
  signal?: AbortSignal,
): Promise<TrainingRate> {
  const folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-canary-'));
  try {
    const short: ResolvedConfig = {
      ...config,
      epochs: null,
      training: { ...config.training, steps: canarySteps, warmupSteps: 0 },
      validation: { every: canarySteps, timesteps: [500], noises: 1, trainPictures: 0 },
      checkpoint: { every: canarySteps, keep: 1 },
    };
    const run = await prepareRun(await planTraining(short, { runsFolder: folder, rate: null }), folder);
    const end = await superviseRun(run, { program, ...(signal !== undefined && { signal }) });
    const rate = end.reason === 'done' ? await rateOfRun(await readRun(run)) : null;
    if (rate === null)
      throw new LoraTrainerError('TRAIN_RUN_ENDED', `${canarySteps} updates were not made: ${end.message}`);
    return { ...rate, basis: `${canarySteps} updates on this machine now` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
