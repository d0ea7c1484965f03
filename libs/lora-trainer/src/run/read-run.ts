import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isProcessAlive } from '@dgx-pixels/evidence';
import type { ExitClass } from '../protocol/train-event.ts';
import type { TrainRequest } from '../protocol/train-request.ts';
import { LoraTrainerError } from '../errors.ts';
import { readEventFile } from './read-event-lines.ts';
import { RunHistory } from './run-history.ts';
import { readProcess, readRequest, runPaths, type TrainerProcess } from './run-folder.ts';

/**
 * How a run stands, by its files and its process, never by what anyone remembers:
 * `waiting` was planned, not started; `running`; `silent` has a process that says nothing; `done`; `stopped` and can go on;
 * `failed` with a class; `killed` ended without a word, as by the kernel when memory runs out.
 */
export type RunState = 'waiting' | 'running' | 'silent' | 'done' | 'stopped' | 'failed' | 'killed';

/** A training run as its files tell it. */
export interface Run {
  readonly id: string;
  readonly folder: string;
  readonly state: RunState;
  /** Why it ended; null while it goes on, and when it was killed. */
  readonly reason: ExitClass | null;
  readonly request: TrainRequest;
  readonly requestSha256: string;
  readonly process: TrainerProcess | null;
  /** Whether the process is there. */
  readonly alive: boolean;
  readonly history: RunHistory;
}

/** Heartbeats come every few seconds; a process without one for so long hangs. Milliseconds. */
const silentAfterMs = 30_000;

/**
 * Reads a run.
 *
 * @throws LoraTrainerError TRAIN_RUN_NOT_FOUND; TRAIN_RUN_BROKEN
 */
export async function readRun(folder: string): Promise<Run> {
  const { request, sha256 } = await readRequest(folder);
  const history = new RunHistory();
  await readEventFile(runPaths(folder).events, (event) => history.add(event));
  const process = await readProcess(folder);
  const alive = process !== null && (await isProcessAlive(process));
  const lastSignMs = await lastSign(folder, process);
  return {
    id: basename(folder),
    folder,
    state: stateOf(history, process, alive, Date.now() - lastSignMs),
    reason: alive ? null : (history.bye?.reason ?? null),
    request,
    requestSha256: sha256,
    process,
    alive,
    history,
  };
}

/** When the trainer last wrote an event, or was started. */
async function lastSign(folder: string, process: TrainerProcess | null): Promise<number> {
  const written = await stat(runPaths(folder).events).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  return Math.max(written, process === null ? 0 : Date.parse(process.startedAt));
}

function stateOf({ bye }: RunHistory, process: TrainerProcess | null, alive: boolean, quietMs: number): RunState {
  if (process === null) return 'waiting';
  if (alive) return quietMs > silentAfterMs ? 'silent' : 'running';
  if (bye === null) return 'killed';
  if (bye.reason === 'done') return 'done';
  return bye.reason === 'stopped' ? 'stopped' : 'failed';
}

/** Folders of runs, newest first: their names are ULIDs. */
export async function listRuns(runsFolder: string): Promise<readonly string[]> {
  const entries = await readdir(runsFolder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory() && /^[0-9A-HJKMNP-TV-Z]{26}$/.test(entry.name))
    .map((entry) => join(runsFolder, entry.name))
    .sort()
    .reverse();
}

/**
 * The folder of a run by its name, the end of its name, or `latest`.
 *
 * @throws LoraTrainerError TRAIN_RUN_NOT_FOUND, naming the runs that there are
 */
export async function findRun(runsFolder: string, name: string): Promise<string> {
  const runs = await listRuns(runsFolder);
  const [newest] = runs;
  if (name === 'latest' && newest !== undefined) return newest;
  const found = runs.filter((folder) => basename(folder).endsWith(name.toUpperCase()));
  const [only] = found;
  if (name !== '' && only !== undefined && found.length === 1) return only;
  const known = runs.slice(0, 10).map((folder) => basename(folder));
  const message = found.length > 1 ? `${name} is the end of ${found.length} runs` : `${runsFolder} has no run ${name}`;
  throw new LoraTrainerError(
    'TRAIN_RUN_NOT_FOUND',
    known.length === 0 ? message : `${message}; there are ${known.join(', ')}`,
  );
}
