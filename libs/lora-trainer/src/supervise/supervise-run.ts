import { setTimeout as sleep } from 'node:timers/promises';
import { isProcessAlive, tryFileLock } from '@dgx-pixels/evidence';
import { LoraTrainerError } from '../errors.ts';
import type { TrainEvent } from '../protocol/train-event.ts';
import { readEventFile } from '../run/read-event-lines.ts';
import { RunHistory } from '../run/run-history.ts';
import { readProcess, readRequest, runPaths } from '../run/run-folder.ts';
import { adoptTrainer, startTrainer, type TrainerProgram, type WatchedTrainer } from './trainer-process.ts';
import { defaultLimits, type TrainerEnd, type WatchLimits, watchTrainer } from './watch-trainer.ts';

/** How a run is watched over. */
export interface SuperviseOptions {
  readonly program: TrainerProgram;
  /** Asks the trainer to stop: it writes a checkpoint, and the run can go on later. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: TrainEvent, history: RunHistory) => void;
  /** Told what the supervisor does by itself: adopting, ending, resuming. */
  readonly onNotice?: (message: string) => void;
  /** How often the trainer is started again after a fault that may pass. @default 2 */
  readonly maxRestarts?: number;
  readonly limits?: WatchLimits;
  readonly faults?: readonly string[];
}

/** How a run ended, or paused. */
export interface RunEnd extends TrainerEnd {
  readonly history: RunHistory;
  /** How often it was started again. */
  readonly restarts: number;
}

/** Ends that may not come again: memory and bad settings would. */
const passing: ReadonlySet<TrainerEnd['reason']> = new Set(['device-lost', 'internal', 'killed', 'stalled']);
const firstPauseMs = 2000;

/**
 * Trains a run to its end, or watches it when it is being trained: starts the trainer or adopts one whose starter ended,
 * resumes from the newest checkpoint, ends it when it hangs, and starts it again after faults that may pass, as long as
 * it gets further each time.
 *
 * @throws LoraTrainerError TRAIN_RUN_BUSY while another process watches it; TRAIN_RUN_NOT_FOUND; TRAIN_RUN_BROKEN;
 * TRAIN_PYTHON_MISSING
 */
export async function superviseRun(folder: string, options: SuperviseOptions): Promise<RunEnd> {
  await readRequest(folder);
  return withRunLock(folder, () => trainToEnd(folder, options));
}

async function withRunLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = await tryFileLock(runPaths(folder).lock);
  if ('heldBy' in lock) throw new LoraTrainerError('TRAIN_RUN_BUSY', `process ${lock.heldBy} watches over ${folder}`);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

async function trainToEnd(folder: string, options: SuperviseOptions): Promise<RunEnd> {
  const { signal, limits = defaultLimits, maxRestarts = 2 } = options;
  const history = new RunHistory();
  const onEvent = (event: TrainEvent): void => {
    history.add(event);
    options.onEvent?.(event, history);
  };
  const read = await readEventFile(runPaths(folder).events, (event) => history.add(event));
  let trainer = await adopt(folder, options, onEvent, read);
  for (let restarts = 0; ; restarts++) {
    const before = history.checkpoints.at(-1)?.step ?? -1;
    const faults = restarts === 0 ? options.faults : undefined;
    trainer ??= await startTrainer(
      folder,
      options.program,
      { detached: false, ...(faults !== undefined && { faults }) },
      onEvent,
    );
    const end = await watchTrainer(trainer, history, limits, signal);
    trainer = null;
    const further = (history.checkpoints.at(-1)?.step ?? -1) > before;
    const mayPass = passing.has(end.reason) && further && restarts < maxRestarts && signal?.aborted !== true;
    if (!mayPass) return { ...end, history, restarts };
    options.onNotice?.(`${end.message}; going on from update ${history.checkpoints.at(-1)?.step ?? 0}`);
    await sleep(firstPauseMs * 2 ** restarts, undefined, { signal }).catch(() => undefined);
  }
}

/** The process that works on the run already, if there is one. */
async function adopt(
  folder: string,
  { onNotice }: SuperviseOptions,
  onEvent: (event: TrainEvent) => void,
  from: number,
): Promise<WatchedTrainer | null> {
  const process = await readProcess(folder);
  if (process === null || !(await isProcessAlive(process))) return null;
  onNotice?.(`watching process ${process.pid}, which trains this run`);
  return adoptTrainer(folder, process, onEvent, from);
}

/**
 * Starts the trainer and leaves it alone: it goes on when this process ends. `superviseRun` adopts it.
 *
 * @throws LoraTrainerError TRAIN_RUN_BUSY when a process works on the run already; as `superviseRun`
 */
export async function startDetached(folder: string, program: TrainerProgram): Promise<number> {
  await readRequest(folder);
  return withRunLock(folder, async () => {
    const running = await readProcess(folder);
    if (running !== null && (await isProcessAlive(running))) {
      throw new LoraTrainerError('TRAIN_RUN_BUSY', `process ${running.pid} trains ${folder}`);
    }
    const { process } = await startTrainer(folder, program, { detached: true }, () => undefined);
    return process.pid;
  });
}
