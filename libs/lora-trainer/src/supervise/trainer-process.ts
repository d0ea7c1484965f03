import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { isProcessAlive, readStartTime } from '@dgx-pixels/evidence';
import { LoraTrainerError } from '../errors.ts';
import type { TrainEvent } from '../protocol/train-event.ts';
import { EventLines, readEventFile } from '../run/read-event-lines.ts';
import { runPaths, type TrainerProcess, writeProcess } from '../run/run-folder.ts';
import { signalGroup } from './signal-group.ts';

/** The trainer's program: where its Python is, and what it runs. */
export interface TrainerProgram {
  /** Python of the environment (`npm run python:setup`). */
  readonly python: string;
  /** Arguments that come before the verb. @default the package of this library */
  readonly module?: readonly string[];
}

/** How a process of a run is started. */
export interface TrainerStart {
  /** Goes on when this process ends; its events are in the run's file alone. */
  readonly detached: boolean;
  /** Faults on purpose, for tests and for `train verify-resume`: `kill-at=12`. */
  readonly faults?: readonly string[];
}

/** How a process ended. */
export interface ProcessEnd {
  /** null when a signal ended it, or nobody can tell. */
  readonly code: number | null;
  readonly signal: string | null;
}

/** A process of the trainer that is watched. */
export interface WatchedTrainer {
  readonly process: TrainerProcess;
  readonly ended: Promise<ProcessEnd>;
  /** Sends a signal to the process and all that it started. */
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
}

/** Variables that the trainer gets: what Python and CUDA need, and none of the user's secrets. */
const passedOn =
  /^(PATH|HOME|USER|LANG|LC_.*|TZ|TMPDIR|LD_LIBRARY_PATH|CUDA_.*|NVIDIA_.*|OMP_.*|MKL_.*|PYTORCH_.*|TORCH.*)$/;
const packageFolder = join(import.meta.dirname, '../../python');

/**
 * Starts the trainer on a run whose request is written; it goes on from the newest checkpoint if there is one. Its events come on a descriptor of their own; what libraries print
 * goes to the run's log.
 *
 * @throws LoraTrainerError TRAIN_PYTHON_MISSING when there is no such program
 */
export async function startTrainer(
  folder: string,
  { python, module = ['-m', 'lora_trainer'] }: TrainerProgram,
  { detached, faults = [] }: TrainerStart,
  onEvent: (event: TrainEvent) => void,
): Promise<WatchedTrainer> {
  const paths = runPaths(folder);
  await mkdir(folder, { recursive: true });
  const log = await open(paths.log, 'a');
  try {
    const args = [
      ...[...module, 'run', '--request', paths.request, '--resume'],
      ...(detached ? ['--detached'] : ['--events-fd', '3']),
      ...faults.flatMap((fault) => ['--fault', fault]),
    ];
    const child = spawn(python, args, {
      cwd: dirname(paths.request),
      // Its own group: Ctrl-C in the terminal reaches this process alone, which then stops the trainer in order.
      detached: true,
      // Standard input is held open: its end tells the trainer that nobody watches any more.
      stdio: [detached ? 'ignore' : 'pipe', log.fd, log.fd, detached ? 'ignore' : 'pipe'],
      env: trainerEnvironment(),
    });
    const ended = new Promise<ProcessEnd>((resolve, reject) => {
      child.once('error', (cause) => reject(missing(python, cause)));
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
    ended.catch(() => undefined);
    if (child.pid === undefined) {
      await ended;
      throw missing(python, undefined);
    }
    const events = child.stdio[3];
    if (events instanceof Readable) readEvents(events, onEvent);
    const startedAt = new Date().toISOString();
    const process_ = { pid: child.pid, startTime: await readStartTime(child.pid), startedAt, detached };
    await writeProcess(folder, process_);
    if (detached) child.unref();
    return { process: process_, ended, signal: (name) => signalGroup(process_.pid, name) };
  } finally {
    await log.close();
  }
}

/** What the trainer finds in its environment: nothing of the user but what Python and CUDA need. */
export function trainerEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => passedOn.test(name));
  return { ...Object.fromEntries(kept), PYTHONPATH: packageFolder, PYTHONUNBUFFERED: '1', HF_HUB_OFFLINE: '1' };
}

function readEvents(stream: Readable, onEvent: (event: TrainEvent) => void): void {
  // A line that is no event stands in the run's events file too, where reading it is reported.
  const lines = new EventLines(onEvent, () => undefined);
  stream.on('data', (chunk: Buffer) => lines.push(chunk));
  stream.on('error', () => undefined);
}

function missing(python: string, cause: unknown): LoraTrainerError {
  return new LoraTrainerError('TRAIN_PYTHON_MISSING', `${python} cannot be started`, { cause });
}

const pollMs = 300;

/** Watches a process that another one started: its events come from the run's file. */
export function adoptTrainer(
  folder: string,
  identity: TrainerProcess,
  onEvent: (event: TrainEvent) => void,
  from: number,
): WatchedTrainer {
  const { events } = runPaths(folder);
  const follow = async (): Promise<ProcessEnd> => {
    let at = from;
    for (;;) {
      const alive = await isProcessAlive(identity);
      at = await readEventFile(events, onEvent, at);
      if (!alive) return { code: null, signal: null };
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  };
  return { process: identity, ended: follow(), signal: (name) => signalGroup(identity.pid, name) };
}

/** The end of what the processes of a run printed. */
export async function readLogEnd(folder: string, lines: number): Promise<readonly string[]> {
  const text = await readFile(runPaths(folder).log, 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-lines);
}
