import type { ComfyClient } from '../client.ts';
import { checkWhole } from '../client.ts';
import type { RunWorkflowOptions } from '../run-workflow.ts';
import { reasonOf } from '../send-request.ts';
import type { WorkflowGraph } from '../workflow-graph.ts';
import { followSubmission, tryCancel } from './follow-submission.ts';
import type { JobResult } from './job-result.ts';
import { openDeadline } from './open-deadline.ts';
import { keepSubscribed } from './keep-subscribed.ts';
import type { EventSocket } from './open-event-socket.ts';
import { readRunTiming } from './run-timing.ts';
import { loseSocket, restoreSocket, startRun, takeFrame, takeMessage, type Run } from './start-run.ts';
import type { Submission } from './submit-prompt.ts';

/**
 * The life of one run: subscribed, then submitted by `submit`, then watched until history decides. However it ends, no
 * socket, timer or listener is left, and a prompt that may have been submitted is cancelled if the caller gives up.
 *
 * @param submit called once, with the run that is subscribed
 */
export async function attendRun(
  client: ComfyClient,
  graph: WorkflowGraph,
  options: RunWorkflowOptions & { readonly clientId: string },
  submit: (run: Run) => Promise<Submission> | Submission,
): Promise<JobResult> {
  const timeoutMs = checkWhole('timeoutMs', options.timeoutMs ?? 1_800_000, 2 ** 31 - 1);
  const timing = readRunTiming(options.timing);
  options.signal?.throwIfAborted();
  const deadline = openDeadline(options.signal, timeoutMs);
  const { signal } = deadline;
  const run = startRun(client, graph, { deadline, timing, options });
  let socket: EventSocket | null = null;
  try {
    socket = await keepSubscribed(client, {
      clientId: options.clientId,
      signal,
      onMessage: (message) => takeMessage(run, message),
      ...(options.previews === true && { onFrame: (frame) => takeFrame(run, frame) }),
      reconnectMs: timing.reconnectMs,
      heartbeatMs: timing.heartbeatMs,
      onLost: (reason) => loseSocket(run, reason),
      onRestored: () => restoreSocket(run),
    });
    signal.throwIfAborted();
    run.submittedAtMs = performance.now();
    return await followSubmission(run, await submit(run));
  } catch (error) {
    if (!signal.aborted) throw error;
    const cancelled = run.submitted ? await tryCancel(run) : true;
    if (!deadline.expired) throw reasonOf(signal);
    return { status: 'timed-out', promptId: run.promptId, timeoutMs, cancelled };
  } finally {
    socket?.close();
    deadline.close();
  }
}
