import type { ComfyClient } from '../client.ts';
import { ComfyClientError } from '../errors.ts';
import { queuePrompt, type QueuePromptOptions, type QueuePromptResult } from '../queue-prompt.ts';
import type { WorkflowGraph } from '../workflow-graph.ts';
import type { RunTiming } from './run-timing.ts';

/** A submission that may or may not have been taken: only the server's queue and history can tell. */
interface Doubt {
  readonly status: 'doubt';
  readonly message: string;
  /** The status the server or a gateway answered with; null without a readable answer. */
  readonly httpStatus: number | null;
  /** How long the prompt may take to turn up in queue or history, milliseconds. */
  readonly absenceMs: number;
}

/** The answer to a submission. */
export type Submission = QueuePromptResult | Doubt;

/**
 * Submits once. A caller's abort does not tear the request: an answer that is already on its way tells whether there is
 * something to cancel, so it gets `cancelMs` more.
 *
 * @throws ComfyClientError when nothing was accepted for certain (no connection, bad graph, redirect).
 */
export async function submitPrompt(
  client: ComfyClient,
  graph: WorkflowGraph,
  options: QueuePromptOptions & { readonly signal: AbortSignal; readonly timing: RunTiming },
): Promise<Submission> {
  const late = delayAbort(options.signal, options.timing.cancelMs);
  try {
    const result = await queuePrompt(client, graph, { ...options, signal: late.signal });
    if (result.status !== 'rejected' || result.httpStatus < 500) return result;
    // Whoever answers 500 may have crashed after queueing, so one look tells; a gateway may have passed the prompt on late.
    const absenceMs = result.httpStatus === 500 ? 0 : options.timing.absenceMs;
    return { status: 'doubt', message: result.message, httpStatus: result.httpStatus, absenceMs };
  } catch (error) {
    if (isDoubt(error)) {
      return { status: 'doubt', message: error.message, httpStatus: null, absenceMs: options.timing.absenceMs };
    }
    throw error;
  } finally {
    late.close();
  }
}

function isDoubt(error: unknown): error is ComfyClientError {
  if (!(error instanceof ComfyClientError)) return false;
  if (error.code === 'COMFY_TIMEOUT') return error.details['connected'] === true;
  return ['COMFY_CONNECTION_LOST', 'COMFY_REPLY_INVALID', 'COMFY_REPLY_TOO_LARGE'].includes(error.code);
}

function delayAbort(signal: AbortSignal, delayMs: number): { readonly signal: AbortSignal; close(): void } {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onAbort = (): void => {
    timer = setTimeout(() => controller.abort(signal.reason), delayMs);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    signal: controller.signal,
    close: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    },
  };
}
