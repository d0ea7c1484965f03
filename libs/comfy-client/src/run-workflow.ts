import { randomUUID } from 'node:crypto';

import type { ComfyClient } from './client.ts';
import type { QueuePromptOptions } from './queue-prompt.ts';
import { attendRun } from './run/attend-run.ts';
import type { JobResult } from './run/job-result.ts';
import type { ProgressEvent } from './run/progress-event.ts';
import type { RunTiming } from './run/run-timing.ts';
import { submitPrompt } from './run/submit-prompt.ts';
import { workflowFingerprint } from './workflow/workflow-fingerprint.ts';
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
  /**
   * Whether each file is downloaded once for its size and SHA-256. Turn it off if you view all files anyway; then a file
   * that is gone shows only there. @default true
   */
  readonly digestOutputs?: boolean | undefined;
  /** Whether pictures of unfinished work come as events, if the server makes any. @default false */
  readonly previews?: boolean | undefined;
  /**
   * Awaited before the prompt is sent, and if it rejects nothing is sent: a journal written here lets another process
   * go on with `resumeWorkflow`.
   */
  readonly beforeSubmit?: ((submission: SubmissionNote) => void | Promise<void>) | undefined;
  readonly timing?: Partial<RunTiming> | undefined;
}

/** What another process needs to know of a prompt to follow it. */
export interface SubmissionNote {
  readonly url: string;
  readonly promptId: string;
  readonly clientId: string;
  /** SHA-256 of the workflow: `workflowFingerprint`. */
  readonly fingerprint: string;
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
 * `onEvent` or `beforeSubmit` threw. All else is a `JobResult`.
 */
export async function runWorkflow(
  client: ComfyClient,
  graph: WorkflowGraph,
  options: RunWorkflowOptions = {},
): Promise<JobResult> {
  const { beforeSubmit, extraData } = options;
  const clientId = randomUUID();
  return attendRun(client, graph, { ...options, clientId }, async (run) => {
    const { promptId, timing, deadline } = run;
    const { signal } = deadline;
    await beforeSubmit?.({ url: client.url, promptId, clientId, fingerprint: workflowFingerprint(graph) });
    signal.throwIfAborted();
    run.submitted = true;
    run.submittedAtMs = performance.now();
    return submitPrompt(client, graph, { promptId, clientId, extraData, signal, timing });
  });
}
