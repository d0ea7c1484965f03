import type { ComfyClient } from '../client.ts';
import { newPromptId } from '../queue-prompt.ts';
import type { RunWorkflowOptions } from '../run-workflow.ts';
import type { BinaryFrame } from '../schema/binary-frame.ts';
import type { ServerMessage } from '../schema/event.ts';
import type { WorkflowGraph } from '../workflow-graph.ts';
import type { Deadline } from './open-deadline.ts';
import type { ProgressEvent } from './progress-event.ts';
import { advanceProgress, newRunTrace, traceEvent, type RunTrace } from './run-trace.ts';
import type { RunTiming } from './run-timing.ts';
import { createWakeablePause, type WakeablePause } from './wakeable-pause.ts';

/** One run of a workflow: what it was given, and what it knows so far. */
export interface Run {
  readonly client: ComfyClient;
  readonly graph: WorkflowGraph;
  readonly deadline: Deadline;
  readonly timing: RunTiming;
  readonly pause: WakeablePause;
  readonly trace: RunTrace;
  readonly emit: (event: ProgressEvent) => void;
  readonly digestsOutputs: boolean;
  /** Ours, unless the server insists on one of its own. */
  promptId: string;
  /** The server may know the prompt from here on. */
  submitted: boolean;
  /** Client's monotonic clock, milliseconds. */
  submittedAtMs: number;
  /** An event of this prompt arrived since somebody last looked. */
  tookEvent: boolean;
  socketLost: boolean;
}

/** A run before its submission. */
export function startRun(
  client: ComfyClient,
  graph: WorkflowGraph,
  init: { readonly deadline: Deadline; readonly timing: RunTiming; readonly options: RunWorkflowOptions },
): Run {
  const { deadline, timing, options } = init;
  return {
    client,
    graph,
    deadline,
    timing,
    pause: createWakeablePause(),
    trace: newRunTrace(),
    emit: (event) => {
      try {
        options.onEvent?.(event);
      } catch (error) {
        // It is called from the socket's reader, where nobody could catch it.
        deadline.abort(error);
      }
    },
    digestsOutputs: options.digestOutputs ?? true,
    promptId: options.promptId ?? newPromptId(),
    submitted: false,
    submittedAtMs: 0,
    tookEvent: false,
    socketLost: false,
  };
}

/** Messages of other prompts are broadcast too, and some name no prompt at all: only ours count. */
export function takeMessage(run: Run, message: ServerMessage): void {
  if (message.promptId !== run.promptId) return;
  run.tookEvent = true;
  if (message.event === null) return;
  if (message.event.type === 'progress' && !advanceProgress(run.trace, message.event)) return;
  traceEvent(run.trace, message.event, performance.now());
  if (message.event.type === 'ended') run.pause.wake();
  run.emit(message.event);
}

/** Frames without metadata name no prompt: they are taken for ours while ours runs. */
export function takeFrame(run: Run, frame: BinaryFrame): void {
  if (frame.type !== 'preview') return;
  const runs = run.trace.startedAtMs !== null && run.trace.endedAtMs === null;
  if (frame.promptId === null ? !runs : frame.promptId !== run.promptId) return;
  run.tookEvent = true;
  const { nodeId, mediaType, bytes } = frame;
  run.emit({ type: 'preview', nodeId, mediaType, bytes });
}

/** Events come again; those that were missed stay missed, so times remain incomplete. */
export function restoreSocket(run: Run): void {
  run.emit({ type: 'socket-restored' });
}

/** The socket is gone: polling alone tells until it is back. */
export function loseSocket(run: Run, reason: string): void {
  run.socketLost = true;
  run.emit({ type: 'socket-lost', reason });
  run.pause.wake();
}
