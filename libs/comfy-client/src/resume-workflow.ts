import { randomUUID } from 'node:crypto';

import type { ComfyClient } from './client.ts';
import type { JobResult } from './run/job-result.ts';
import { attendRun } from './run/attend-run.ts';
import type { RunWorkflowOptions } from './run-workflow.ts';
import type { WorkflowGraph } from './workflow-graph.ts';

/** Options of {@link resumeWorkflow}. */
export interface ResumeWorkflowOptions extends Omit<RunWorkflowOptions, 'promptId' | 'extraData' | 'beforeSubmit'> {
  /** As the journal has it: under it the server still sends the prompt's events. Without it only history tells. */
  readonly clientId?: string | undefined;
}

/**
 * Follows a prompt to its end that another process submitted, by the id that its journal holds. Submits nothing: a
 * prompt that the server does not know is `lost`.
 *
 * @param graph - as it was submitted; it decides which files a success must have left
 * @throws as `runWorkflow`
 */
export async function resumeWorkflow(
  client: ComfyClient,
  graph: WorkflowGraph,
  promptId: string,
  options: ResumeWorkflowOptions = {},
): Promise<JobResult> {
  const clientId = options.clientId ?? randomUUID();
  return attendRun(client, graph, { ...options, promptId, clientId }, (run) => {
    run.submitted = true;
    // It may have ended long ago, be waiting still, or never have reached the server.
    const { absenceMs } = run.timing;
    return { status: 'doubt', message: 'The prompt was submitted earlier', httpStatus: null, absenceMs };
  });
}
