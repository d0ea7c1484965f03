import type { ComfyClient } from '../client.ts';
import { ComfyClientError } from '../errors.ts';
import { getHistory } from '../get-history.ts';
import { getQueue } from '../get-queue.ts';
import type { HistoryEntry } from '../schema/history.ts';
import type { RunTiming } from './run-timing.ts';
import type { WakeablePause } from './wakeable-pause.ts';

/** What the watch needs to know. */
export interface HistoryWatch {
  readonly promptId: string;
  readonly timing: RunTiming;
  readonly signal: AbortSignal;
  /** Woken by the socket when the run seems to end, and when the socket is lost. */
  readonly pause: WakeablePause;
  /** True if an event of this prompt arrived since the last call: it lives, no need to search the queue. */
  readonly tookEvent: () => boolean;
  /** Before the first look, milliseconds. */
  readonly firstPauseMs: number;
  /** As in `RunTiming`; shorter where the server itself already failed. */
  readonly absenceMs: number;
}

/** The entry of the ended prompt, or why there will be none. */
export type WatchResult =
  { readonly entry: HistoryEntry } | { readonly entry: null; readonly message: string; readonly cause: unknown };

/** After a hint that the run ended, history follows within milliseconds: look again this soon, then ever more slowly. */
const afterHintMs = 10;

/**
 * Polls history until it knows the prompt. Ends without an entry when the prompt is in neither queue nor history for
 * `absenceMs`, or the server is unreachable for `unreachableMs`.
 *
 * @throws ComfyClientError for answers that will not get better (wrong shape, too large, odd status); the signal's reason.
 */
export async function watchHistory(client: ComfyClient, watch: HistoryWatch): Promise<WatchResult> {
  const { timing, signal } = watch;
  let pauseMs = watch.firstPauseMs;
  let absentSince: number | null = null;
  let failingSince: number | null = null;
  for (;;) {
    const hinted = await watch.pause.wait(pauseMs, signal);
    pauseMs = hinted ? afterHintMs : Math.min(Math.max(pauseMs * 2, afterHintMs), timing.pollMaxMs);
    try {
      const state = await lookUp(client, watch);
      failingSince = null;
      if (typeof state === 'object') return { entry: state };
      absentSince = state === 'absent' ? (absentSince ?? performance.now()) : null;
      if (absentSince !== null && performance.now() - absentSince >= watch.absenceMs) {
        const message = 'The server knows the prompt neither in its queue nor in its history';
        return { entry: null, message, cause: undefined };
      }
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error;
      failingSince ??= performance.now();
      if (performance.now() - failingSince >= timing.unreachableMs) {
        return { entry: null, message: `The server went away: ${error.message}`, cause: error };
      }
    }
  }
}

async function lookUp(client: ComfyClient, watch: HistoryWatch): Promise<HistoryEntry | 'alive' | 'absent'> {
  const { promptId, signal } = watch;
  const entry = await getHistory(client, promptId, { signal });
  if (entry !== null) return entry;
  if (watch.tookEvent()) return 'alive';
  const queue = await getQueue(client, { signal });
  if ([...queue.running, ...queue.pending].some((item) => item.promptId === promptId)) return 'alive';
  // It may have ended between the two looks.
  return (await getHistory(client, promptId, { signal })) ?? 'absent';
}

/** Failures a busy or restarting server recovers from. A truncated answer counts: the next one may be whole. */
function isPassing(error: unknown): error is ComfyClientError {
  if (!(error instanceof ComfyClientError)) return false;
  if (error.code === 'COMFY_HTTP_STATUS') return Number(error.details['status']) >= 500;
  return ['COMFY_UNREACHABLE', 'COMFY_TIMEOUT', 'COMFY_CONNECTION_LOST', 'COMFY_REPLY_INVALID'].includes(error.code);
}
