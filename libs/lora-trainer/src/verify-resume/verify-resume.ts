import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { hashFile } from '@dgx-pixels/evidence';
import { isDeepStrictEqual } from 'node:util';
import type { ResolvedConfig } from '../config/train-config.ts';
import { LoraTrainerError } from '../errors.ts';
import { planTraining } from '../plan/plan-training.ts';
import { prepareRun } from '../plan/prepare-run.ts';
import { readRequest, runPaths, writeRequest } from '../run/run-folder.ts';
import { readRun, type Run } from '../run/read-run.ts';
import { superviseRun } from '../supervise/supervise-run.ts';
import type { TrainerProgram } from '../supervise/trainer-process.ts';

/** Whether a run that was killed and resumed is the run that was not, bit for bit. */
export interface ResumeProof {
  /** Updates of both runs. */
  readonly updates: number;
  /** The killed run was ended with SIGKILL before this update, and resumed from this checkpoint. */
  readonly killedBefore: number;
  readonly resumedFrom: number;
  /** Losses of all updates, and errors of all validation cells, are equal numbers. */
  readonly equalLosses: boolean;
  readonly equalValidation: boolean;
  /** Files of the last checkpoint and the finished adapter: by name, whether the bytes are equal. */
  readonly files: readonly { readonly name: string; readonly equal: boolean; readonly sha256: string }[];
  /** Whether everything is equal. */
  readonly exact: boolean;
}

/** How a resume is tried. */
export interface VerifyResumeOptions {
  readonly program: TrainerProgram;
  /** Updates before the kill's checkpoint, and after it. @default 20 */
  readonly updates?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (step: string) => void;
}

/**
 * Proves that runs of a configuration resume exactly: trains 2N updates; trains the same, kills the trainer with SIGKILL
 * half-way between the checkpoint of update N and the end, resumes, and compares losses and files byte by byte. Exact on a
 * processor with the same number of threads; GPUs add numbers in changing order.
 *
 * @throws LoraTrainerError TRAIN_PLAN_INVALID; TRAIN_RUN_ENDED when a trainer ends in another way
 */
export async function verifyResume(config: ResolvedConfig, options: VerifyResumeOptions): Promise<ResumeProof> {
  const { updates: half = 20, onProgress = () => undefined } = options;
  const folder = await mkdtemp(join(tmpdir(), 'dgx-pixels-resume-'));
  try {
    const killedBefore = half + Math.ceil(half / 2) + 1;
    onProgress(`${2 * half} updates without a break`);
    const whole = await prepareRun(await planShort(config, half, folder), join(folder, 'whole'));
    await train(whole, options, [], 'done');
    const { request } = await readRequest(whole);
    const killed = join(folder, 'killed', basename(whole));
    await writeRequest({ ...request, runFolder: killed });
    onProgress(`the same, killed before update ${killedBefore}`);
    await train(killed, options, [`kill-at=${killedBefore}`], 'killed');
    onProgress('resumed');
    await train(killed, options, [], 'done');
    return await compare(await readRun(whole), await readRun(killed), killedBefore);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function planShort(config: ResolvedConfig, half: number, folder: string) {
  return planTraining(
    {
      ...config,
      epochs: null,
      training: { ...config.training, steps: 2 * half, warmupSteps: Math.floor(half / 4) },
      validation: { every: half, timesteps: [250, 750], noises: 1, trainPictures: 1 },
      checkpoint: { every: half, keep: 4 },
    },
    { runsFolder: folder, rate: null },
  );
}

async function train(
  folder: string,
  { program, signal }: VerifyResumeOptions,
  faults: readonly string[],
  expected: 'done' | 'killed',
): Promise<void> {
  const end = await superviseRun(folder, { program, faults, maxRestarts: 0, ...(signal !== undefined && { signal }) });
  signal?.throwIfAborted();
  if (end.reason === expected) return;
  throw new LoraTrainerError('TRAIN_RUN_ENDED', `the trainer ended as ${end.reason}: ${end.message}`);
}

async function compare(whole: Run, killed: Run, killedBefore: number): Promise<ResumeProof> {
  const checkpoint = `checkpoints/${whole.history.checkpoints.at(-1)?.folder ?? ''}`;
  // The manifest holds the request, which names the run's own folder.
  const names = (await readdir(join(whole.folder, checkpoint))).filter((name) => name !== 'manifest.json');
  const paths = [...names.sort().map((name) => `${checkpoint}/${name}`), basename(runPaths('').adapter)];
  const files = [];
  for (const name of paths) {
    const sha256 = await hashFile(join(whole.folder, name));
    files.push({ name, sha256, equal: sha256 === (await hashFile(join(killed.folder, name)).catch(() => null)) });
  }
  const losses = ({ history }: Run) => history.steps.map(({ step, loss, lossByBin }) => ({ step, loss, lossByBin }));
  const cells = ({ history }: Run) =>
    history.validations.map(({ step, heldOut, train: seen }) => ({ step, heldOut, seen }));
  const equalLosses = isDeepStrictEqual(losses(whole), losses(killed));
  const equalValidation = isDeepStrictEqual(cells(whole), cells(killed));
  return {
    updates: whole.history.step,
    killedBefore,
    resumedFrom: killed.history.hello?.resumedFrom ?? 0,
    equalLosses,
    equalValidation,
    files,
    exact: equalLosses && equalValidation && files.every(({ equal }) => equal),
  };
}
