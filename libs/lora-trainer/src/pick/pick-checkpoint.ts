import { execFile } from 'node:child_process';
import { copyFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LoraTrainerError } from '../errors.ts';
import { judgeRun } from '../verdict/judge-run.ts';
import type { Run } from '../run/read-run.ts';
import { runPaths } from '../run/run-folder.ts';
import { checkpointAdapter } from '../samples/offer-adapters.ts';
import { type TrainerProgram, trainerEnvironment } from '../supervise/trainer-process.ts';

/** The checkpoint of a run that is to be used. */
export interface PickedCheckpoint {
  readonly step: number;
  readonly folder: string;
  /** In kohya's form. */
  readonly adapter: string;
  /** `recommended` by validation, the `last` one, or the `asked` one. */
  readonly why: 'recommended' | 'last' | 'asked';
}

/**
 * The checkpoint to use: the one asked for, else the one that validation recommends, else the last.
 *
 * @throws LoraTrainerError TRAIN_RUN_NOT_FOUND when the run has no such checkpoint
 */
export function pickCheckpoint({ id, folder, history }: Run, asked: number | null): PickedCheckpoint {
  const { recommendedStep } = judgeRun(history);
  const steps = history.checkpoints.map(({ step }) => step);
  const last = steps.at(-1);
  const wanted = asked ?? (recommendedStep !== null && steps.includes(recommendedStep) ? recommendedStep : last);
  const found = history.checkpoints.find(({ step }) => step === wanted);
  if (found === undefined) {
    const message = `run ${id} has no checkpoint ${asked ?? ''}`.trim();
    throw new LoraTrainerError('TRAIN_RUN_NOT_FOUND', `${message}; it has ${steps.join(', ') || 'none'}`);
  }
  const why = asked !== null ? 'asked' : found.step === recommendedStep ? 'recommended' : 'last';
  const adapter = checkpointAdapter(folder, found.step);
  return { step: found.step, folder: join(runPaths(folder).checkpoints, found.folder), adapter, why };
}

/** Copies the adapter of a checkpoint to a file, which appears whole or not at all. */
export async function copyAdapter({ adapter }: PickedCheckpoint, to: string): Promise<void> {
  const draft = `${to}.draft`;
  try {
    await copyFile(adapter, draft);
    await rename(draft, to);
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Writes a checkpoint in both forms into a folder: `adapter.safetensors` (kohya) and `pytorch_lora_weights.safetensors`
 * (diffusers, PEFT).
 *
 * @throws LoraTrainerError TRAIN_RUN_BROKEN when the checkpoint is not whole
 */
export async function exportCheckpoint(
  { folder }: PickedCheckpoint,
  output: string,
  { python, module = ['-m', 'lora_trainer'] }: TrainerProgram,
): Promise<void> {
  try {
    await promisify(execFile)(python, [...module, 'export', '--checkpoint', folder, '--output', output], {
      env: trainerEnvironment(),
      timeout: 300_000,
    });
  } catch (cause) {
    const why = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : String(cause);
    throw new LoraTrainerError('TRAIN_RUN_BROKEN', `${folder} cannot be exported: ${why.slice(-500)}`, { cause });
  }
}
