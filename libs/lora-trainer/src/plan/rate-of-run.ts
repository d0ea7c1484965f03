import { inspectBase } from '../base/inspect-base.ts';
import type { TrainRequest } from '../protocol/train-request.ts';
import { listRuns, readRun, type Run } from '../run/read-run.ts';
import { measuredRate, type TrainingRate } from './predict-time.ts';
import { updateWork } from './training-work.ts';

/** The first updates load kernels and fill caches. */
const warmUpSteps = 5;
const fewestSteps = 8;
/** Runs that are looked at, newest first. */
const mostRuns = 20;

/** What decides how fast a machine trains. */
export interface RateSubject {
  readonly baseKind: TrainRequest['base']['kind'];
  readonly device: TrainRequest['training']['device'];
  readonly threads: number;
}

/** How fast the newest comparable run in a folder trained; null when there is none. */
export async function rateOfEarlierRun(runsFolder: string, subject: RateSubject): Promise<TrainingRate | null> {
  for (const folder of (await listRuns(runsFolder)).slice(0, mostRuns)) {
    const run = await readRun(folder).catch(() => null);
    if (run === null || !isComparable(run.request, subject)) continue;
    const rate = await rateOfRun(run);
    if (rate !== null) return rate;
  }
  return null;
}

function isComparable({ base, training }: TrainRequest, { baseKind, device, threads }: RateSubject): boolean {
  return base.kind === baseKind && training.device === device && (device === 'cuda' || training.threads === threads);
}

/** The median update of a run, after its first ones, as operations a second; null when it made too few. */
export async function rateOfRun({ id, request, history }: Run): Promise<TrainingRate | null> {
  const seconds = history.steps.slice(warmUpSteps).map((step) => step.seconds);
  const median = seconds.toSorted((one, other) => one - other)[seconds.length >> 1];
  if (median === undefined || seconds.length < fewestSteps) return null;
  const { kind, path } = request.base;
  const base = await inspectBase(kind === 'bundled' ? 'bundled' : path).catch(() => null);
  if (base === null) return null;
  const { dataset, adapter, training } = request;
  const { update } = updateWork(base.shape, { ...dataset, ...adapter, ...training });
  const operations = update * training.batchSize * training.accumulation;
  return measuredRate(operations / median, `run ${id}, median of ${seconds.length} updates`);
}
