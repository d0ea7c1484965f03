import type { ComfyClient } from './client.ts';
import { newPromptId } from './queue-prompt.ts';
import { openEventQueue } from './run/event-queue.ts';
import type { JobResult } from './run/job-result.ts';
import type { ProgressEvent } from './run/progress-event.ts';
import { runWorkflow, type RunWorkflowOptions } from './run-workflow.ts';
import type { WorkflowGraph } from './workflow-graph.ts';

/** A run that goes on by itself. Iterating gives its events, to one reader, and ends with it; reading them is optional. */
export interface WorkflowRun extends AsyncIterable<ProgressEvent> {
  readonly promptId: string;
  /** Settles as {@link runWorkflow} does. */
  readonly result: Promise<JobResult>;
}

/**
 * Starts {@link runWorkflow} and hands its events out one by one. A slow reader holds nothing up: of several unread
 * progress events of a node it gets the last.
 *
 * @example
 * const run = startWorkflow(client, graph);
 * for await (const event of run) console.log(event.type);
 * const job = await run.result;
 */
export function startWorkflow(
  client: ComfyClient,
  graph: WorkflowGraph,
  options: RunWorkflowOptions = {},
): WorkflowRun {
  const promptId = options.promptId ?? newPromptId();
  const events = openEventQueue();
  const onEvent = (event: ProgressEvent): void => {
    events.push(event);
    options.onEvent?.(event);
  };
  const result = runWorkflow(client, graph, { ...options, promptId, onEvent }).finally(() => events.end());
  // Whoever only reads events has no handler on it yet.
  result.catch(() => undefined);
  return { promptId, result, [Symbol.asyncIterator]: () => events[Symbol.asyncIterator]() };
}
