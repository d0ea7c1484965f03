import { setTimeout as sleep } from 'node:timers/promises';
import { isProcessAlive } from '@dgx-pixels/evidence';
import { readProcess } from '../run/run-folder.ts';
import { readRun, type Run } from '../run/read-run.ts';
import { signalGroup } from './signal-group.ts';

/** How a run is stopped. */
export interface StopOptions {
  /** Ends it at once, without a checkpoint: what was done since the last one is done again later. */
  readonly now?: boolean;
  /** How long to wait for the checkpoint before the process is ended, milliseconds. @default 120_000 */
  readonly graceMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Stops the process that trains a run, and waits until it has ended.
 *
 * @returns the run as it stands then; `stopped` only when the trainer itself said so
 * @throws LoraTrainerError TRAIN_RUN_NOT_FOUND, TRAIN_RUN_BROKEN; the signal's reason
 */
export async function stopRun(
  folder: string,
  { now = false, graceMs = 120_000, signal }: StopOptions = {},
): Promise<Run> {
  const trainer = await readProcess(folder);
  if (trainer !== null && (await isProcessAlive(trainer))) {
    signalGroup(trainer.pid, now ? 'SIGKILL' : 'SIGTERM');
    const deadline = performance.now() + graceMs;
    while (await isProcessAlive(trainer)) {
      if (performance.now() > deadline) signalGroup(trainer.pid, 'SIGKILL');
      await sleep(100, undefined, { signal });
    }
  }
  return readRun(folder);
}
