import { setTimeout as sleep } from 'node:timers/promises';
import { type ExitClass, exitClasses, type TrainEvent } from '../protocol/train-event.ts';
import type { RunHistory } from '../run/run-history.ts';
import type { ProcessEnd, WatchedTrainer } from './trainer-process.ts';

/** How long each phase may show no progress, and how long to wait for what, in milliseconds. */
export interface WatchLimits {
  /** Without any sign of life. Heartbeats come every few seconds. */
  readonly silenceMs: number;
  /** Without progress, though it says it lives: a hung GPU leaves the heartbeat going. */
  readonly noProgressMs: Readonly<Record<Extract<TrainEvent, { type: 'phase' }>['phase'], number>>;
  /** From asking it to stop until it is ended: the time for a checkpoint. */
  readonly graceMs: number;
}

const minute = 60_000;
/** Loading twelve gigabytes from a slow disk takes minutes, and compiling the first update too. */
export const defaultLimits: WatchLimits = {
  silenceMs: minute,
  noProgressMs: {
    load: 15 * minute,
    cache: 10 * minute,
    train: 15 * minute,
    validate: 10 * minute,
    checkpoint: 5 * minute,
    export: 5 * minute,
  },
  graceMs: 2 * minute,
};

/** Why a process of the trainer ended. */
export interface TrainerEnd {
  /** `killed`: by a signal that nobody here sent. `stalled`: ended because it made no progress. */
  readonly reason: ExitClass | 'killed' | 'stalled';
  readonly message: string;
}

/**
 * Watches a process to its end: stops it when asked to, ends it when it hangs.
 *
 * @param history that the events of the process go into
 * @param signal asks it to stop: it writes a checkpoint first
 */
export async function watchTrainer(
  trainer: WatchedTrainer,
  history: RunHistory,
  limits: WatchLimits,
  signal: AbortSignal | undefined,
): Promise<TrainerEnd> {
  const over = new AbortController();
  let stalled: string | null = null;
  const guard = async (): Promise<void> => {
    for await (const state of looks(history, over.signal)) {
      stalled = whyStalled(state, limits);
      if (stalled === null) continue;
      await endInOrder(trainer, limits.graceMs, over.signal);
      return;
    }
  };
  const stop = (): void => void endInOrder(trainer, limits.graceMs, over.signal);
  if (signal?.aborted === true) stop();
  signal?.addEventListener('abort', stop, { once: true });
  const guarding = guard();
  try {
    const end = await trainer.ended;
    return reasonOf(end, history, stalled);
  } finally {
    over.abort();
    signal?.removeEventListener('abort', stop);
    await guarding;
  }
}

/** What the watch knows at one moment. */
interface Look {
  readonly history: RunHistory;
  /** Milliseconds since the last event. */
  readonly quietMs: number;
}

/** Looks at a run once a second, counting time only while this process runs itself. */
async function* looks(history: RunHistory, over: AbortSignal): AsyncGenerator<Look> {
  let [last, quietMs, at] = [history.last, 0, performance.now()];
  while (!over.aborted) {
    await sleep(1000, undefined, { signal: over, ref: true }).catch(() => undefined);
    const now = performance.now();
    // A suspended machine is no hanging trainer.
    const passed = Math.min(now - at, 5000);
    quietMs = history.last === last ? quietMs + passed : 0;
    [last, at] = [history.last, now];
    yield { history, quietMs };
  }
}

function whyStalled({ history: { last }, quietMs }: Look, limits: WatchLimits): string | null {
  if (quietMs > limits.silenceMs) return `no sign of life for ${Math.round(quietMs / 1000)} s`;
  if (last?.type !== 'heartbeat') return null;
  const { phase, sinceProgress } = last;
  const limit = limits.noProgressMs[phase];
  return sinceProgress * 1000 > limit ? `no progress in phase ${phase} for ${Math.round(sinceProgress)} s` : null;
}

/** Asks a trainer to stop, and ends it when it does not within the time for a checkpoint. */
async function endInOrder(trainer: WatchedTrainer, graceMs: number, over: AbortSignal): Promise<void> {
  trainer.signal('SIGTERM');
  await sleep(graceMs, undefined, { signal: over }).catch(() => undefined);
  if (!over.aborted) trainer.signal('SIGKILL');
}

const classOfCode = new Map<number, ExitClass>(
  Object.entries(exitClasses).map(([name, code]) => [code, name as ExitClass]),
);

function reasonOf({ code, signal }: ProcessEnd, { bye, error }: RunHistory, stalled: string | null): TrainerEnd {
  if (stalled !== null) return { reason: 'stalled', message: stalled };
  const reason = bye?.reason ?? (code === null ? undefined : classOfCode.get(code));
  if (reason !== undefined) return { reason, message: error?.message ?? `ended: ${reason}` };
  if (code !== null) return { reason: 'internal', message: `ended with exit code ${code} before its first event` };
  const how = signal === null ? 'without a word' : `by ${signal}`;
  return { reason: 'killed', message: `the trainer was ended ${how}; the kernel does so when memory runs out` };
}
