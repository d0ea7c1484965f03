import { cancelPrompt } from '../cancel-prompt.ts';
import { describeRefusal } from '../queue-prompt.ts';
import { plainText } from '../plain-text.ts';
import type { HistoryEntry, ImageReference } from '../schema/history.ts';
import type { NodeErrors } from '../schema/prompt-reply.ts';
import { digestOutputs, listOutputs } from './digest-outputs.ts';
import type { JobResult } from './job-result.ts';
import { judgeHistory } from './judge-history.ts';
import type { Run } from './start-run.ts';
import type { Submission } from './submit-prompt.ts';
import { watchHistory } from './watch-history.ts';

/** From the answer to the submission to the outcome of the run. Rejects as {@link watchHistory} does. */
export async function followSubmission(run: Run, submission: Submission): Promise<JobResult> {
  const { promptId } = run;
  if (submission.status === 'rejected') {
    return { status: 'rejected', promptId, httpStatus: submission.httpStatus, message: submission.message };
  }
  if (submission.status === 'invalid') return invalid(promptId, submission.message, submission.nodeErrors);
  if (submission.status === 'accepted') {
    run.promptId = submission.promptId;
    if (Object.keys(submission.nodeErrors).length > 0) {
      // The server dropped the faulty outputs and runs the rest: half of what was asked is a failure.
      await tryCancel(run);
      const message = describeRefusal(
        { message: 'Part of the workflow is invalid', details: '' },
        submission.nodeErrors,
      );
      return invalid(run.promptId, message, submission.nodeErrors);
    }
    run.emit({ type: 'queued', promptId: run.promptId, number: submission.number });
  }
  const watched = await watchHistory(run.client, {
    promptId: run.promptId,
    timing: run.timing,
    signal: run.deadline.signal,
    pause: run.pause,
    tookEvent: () => {
      const { tookEvent } = run;
      run.tookEvent = false;
      return tookEvent;
    },
    firstPauseMs: submission.status === 'doubt' ? 0 : run.timing.pollMinMs,
    absenceMs: submission.status === 'doubt' ? submission.absenceMs : run.timing.absenceMs,
  });
  if (watched.entry !== null) {
    const toldAtMs = performance.now();
    await settleEvents(run);
    return conclude(run, watched.entry, toldAtMs);
  }
  // Should the server still take the prompt up, nobody would collect it.
  await tryCancel(run);
  return withoutTrace(run, submission, watched.message);
}

/** Cancels within a bounded time of its own, since the run's signal has usually fired by then. */
export async function tryCancel(run: Run): Promise<boolean> {
  const timeoutMs = Math.min(run.timing.cancelMs, run.client.requestTimeoutMs);
  try {
    await cancelPrompt(run.client, run.promptId, { timeoutMs });
    return true;
  } catch {
    return false;
  }
}

function withoutTrace(run: Run, submission: Submission, message: string): JobResult {
  const { promptId } = run;
  if (submission.status !== 'doubt') return { status: 'lost', promptId, accepted: true, message };
  if (submission.httpStatus !== null) {
    return { status: 'rejected', promptId, httpStatus: submission.httpStatus, message: submission.message };
  }
  return { status: 'lost', promptId, accepted: false, message: `${submission.message}; ${message}` };
}

function invalid(promptId: string, message: string, nodeErrors: NodeErrors): JobResult {
  const [nodeId, node] = Object.entries(nodeErrors).find(([, { faults }]) => faults.length > 0) ?? [null, null];
  const nodeType = node?.nodeType ?? null;
  return {
    status: 'failed',
    promptId,
    reason: 'validation',
    nodeId,
    nodeType,
    exceptionType: null,
    message,
    nodeErrors,
  };
}

/** History can overtake the last events, which come on another connection: without them node times would be missing. */
async function settleEvents(run: Run): Promise<void> {
  const until = performance.now() + run.timing.settleMs;
  const { signal } = run.deadline;
  while (run.trace.endedAtMs === null && !run.socketLost && !signal.aborted) {
    const leftMs = until - performance.now();
    if (leftMs <= 0) return;
    // The outcome is known: an abort now ends the wait, not the run.
    await run.pause.wait(leftMs, signal).catch(() => undefined);
  }
}

async function conclude(run: Run, entry: HistoryEntry, toldAtMs: number): Promise<JobResult> {
  const { promptId, trace } = run;
  const judged = judgeHistory(run.graph, entry);
  if (judged.status === 'failed') return { ...judged, promptId, nodeErrors: null };
  if (judged.status === 'interrupted') return { status: 'interrupted', promptId, nodeId: judged.nodeId };
  const outputs = run.digestsOutputs
    ? await digestOutputs(run.client, judged.images, run.deadline.signal)
    : ({ status: 'whole', files: listOutputs(judged.images) } as const);
  if (outputs.status === 'missing') return fileMissing(run, outputs.image);
  return {
    status: 'succeeded',
    promptId,
    images: outputs.files,
    outputs: entry.outputs,
    executedNodes: [...trace.executedNodes],
    cachedNodes: [...new Set([...judged.cachedNodes, ...trace.cachedNodes])],
    nodeMs: Object.fromEntries(trace.nodeMs),
    queueMs: trace.startedAtMs === null ? null : trace.startedAtMs - run.submittedAtMs,
    serverMs: judged.serverMs,
    // The event is the better clock: ComfyUI answers no request while it collects garbage after a prompt.
    clientMs: Math.min(trace.succeededAtMs ?? Infinity, toldAtMs) - run.submittedAtMs,
    socketLost: run.socketLost || trace.endedAtMs === null,
  };
}

function fileMissing(run: Run, image: ImageReference): JobResult {
  const { nodeId } = image;
  const place = plainText([image.type, image.subfolder, image.filename].filter((part) => part !== '').join('/'));
  return {
    status: 'failed',
    promptId: run.promptId,
    reason: 'file-missing',
    nodeId,
    nodeType: run.graph[nodeId]?.class_type ?? null,
    exceptionType: null,
    message: `Node ${plainText(nodeId, 100)} saved ${place}, which the server does not have`,
    nodeErrors: null,
  };
}
