import { randomUUID } from 'node:crypto';

import { checkWhole, type ComfyClient } from './client.ts';
import type { QueuePromptOptions } from './queue-prompt.ts';
import { followSubmission, tryCancel } from './run/follow-submission.ts';
import type { JobResult } from './run/job-result.ts';
import { openDeadline } from './run/open-deadline.ts';
import { openEventSocket, type EventSocket } from './run/open-event-socket.ts';
import type { ProgressEvent } from './run/progress-event.ts';
import { readRunTiming, type RunTiming } from './run/run-timing.ts';
import { loseSocket, startRun, takeMessage } from './run/start-run.ts';
import { submitPrompt } from './run/submit-prompt.ts';
import { reasonOf } from './send-request.ts';
import type { WorkflowGraph } from './workflow-graph.ts';

/** Options of {@link runWorkflow}. */
export interface RunWorkflowOptions {
  /** Cancels the prompt on the server by its id, then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Limit of the whole run, milliseconds. @default 1_800_000 (30 min) */
  readonly timeoutMs?: number | undefined;
  /** Canonical lower-case UUID. @default a new UUID v4 */
  readonly promptId?: string | undefined;
  /** Anyone can read it in the server's queue: no secrets. */
  readonly extraData?: QueuePromptOptions['extraData'];
  /** Called in order of arrival, in the reader of the socket: keep it short. If it throws, the run is cancelled. */
  readonly onEvent?: ((event: ProgressEvent) => void) | undefined;
  readonly timing?: Partial<RunTiming> | undefined;
}

/**
 * Runs a workflow to its end: subscribes to events, submits once under an id of its own, and lets the server's history
 * decide. Events and the socket only inform; a lost socket changes nothing about the outcome.
 *
 * @example
 * const job = await runWorkflow(client, graph, { onEvent: (event) => console.log(event.type) });
 * if (job.status === 'succeeded') for (const image of job.images) await viewImage(client, image);
 *
 * @throws ComfyClientError when the server cannot be reached or the arguments are bad; the reason of `signal`; what
 * `onEvent` threw. All else is a `JobResult`.
 */
export async function runWorkflow(
  client: ComfyClient,
  graph: WorkflowGraph,
  options: RunWorkflowOptions = {},
): Promise<JobResult> {
  const timeoutMs = checkWhole('timeoutMs', options.timeoutMs ?? 1_800_000, 2 ** 31 - 1);
  const timing = readRunTiming(options.timing);
  options.signal?.throwIfAborted();
  const deadline = openDeadline(options.signal, timeoutMs);
  const { signal } = deadline;
  const run = startRun(client, graph, { deadline, timing, options });
  const clientId = randomUUID();
  let socket: EventSocket | null = null;
  let submitted = false;
  try {
    socket = await openEventSocket(client, {
      clientId,
      signal,
      onMessage: (message) => takeMessage(run, message),
      onLost: (reason) => loseSocket(run, reason),
    });
    signal.throwIfAborted();
    submitted = true;
    run.submittedAtMs = performance.now();
    const { promptId } = run;
    const { extraData } = options;
    const submission = await submitPrompt(client, graph, { promptId, clientId, extraData, signal, timing });
    return await followSubmission(run, submission);
  } catch (error) {
    if (!signal.aborted) throw error;
    const cancelled = submitted ? await tryCancel(run) : true;
    if (!deadline.expired) throw reasonOf(signal);
    return { status: 'timed-out', promptId: run.promptId, timeoutMs, cancelled };
  } finally {
    socket?.close();
    deadline.close();
  }
}
