export { cancelPrompt } from './cancel-prompt.ts';
export { createComfyClient, type ComfyClient, type ComfyClientOptions } from './client.ts';
export { deleteFromQueue } from './delete-from-queue.ts';
export {
  ComfyClientError,
  comfyClientErrorCodes,
  type ComfyClientErrorCode,
  type ComfyClientErrorOptions,
} from './errors.ts';
export { getHistory } from './get-history.ts';
export { getObjectInfo, type GetObjectInfoOptions } from './get-object-info.ts';
export { getQueue } from './get-queue.ts';
export { getSystemStats } from './get-system-stats.ts';
export { interruptPrompt } from './interrupt-prompt.ts';
export { listModels } from './list-models.ts';
export { queuePrompt, type QueuePromptOptions, type QueuePromptResult } from './queue-prompt.ts';
export type { FailedJob, JobResult, SucceededJob } from './run/job-result.ts';
export type { RunTiming } from './run/run-timing.ts';
export type { ProgressEvent } from './run/progress-event.ts';
export { resumeWorkflow, type ResumeWorkflowOptions } from './resume-workflow.ts';
export { runWorkflow, type RunWorkflowOptions, type SubmissionNote } from './run-workflow.ts';
export type { RunEvent } from './schema/event.ts';
export type { HistoryEntry, HistoryMessage, ImageReference } from './schema/history.ts';
export { parseObjectInfo, type ObjectInfo } from './schema/object-info.ts';
export type { NodeErrors, NodeFault, NodeFaults } from './schema/prompt-reply.ts';
export type { QueueItem, QueueState } from './schema/queue.ts';
export type { SystemDevice, SystemStats } from './schema/system-stats.ts';
export type { CallOptions } from './send-request.ts';
export { startWorkflow, type WorkflowRun } from './start-workflow.ts';
export { viewImage, type ImageFile, type ViewImageOptions } from './view-image.ts';
export { generateNodeTypes } from './workflow/generate-node-types.ts';
export { readPngTexts } from './workflow/read-png-texts.ts';
export { readPngWorkflow } from './workflow/read-png-workflow.ts';
export { validateWorkflow, type WorkflowFault } from './workflow/validate-workflow.ts';
export {
  createWorkflowBuilder,
  type AddedNode,
  type Link,
  type NodeClasses,
  type WorkflowBuilder,
} from './workflow/workflow-builder.ts';
export { workflowFingerprint } from './workflow/workflow-fingerprint.ts';
export { parseExactJson } from './parse-lenient-json.ts';
export { parseWorkflowGraph, type WorkflowGraph, type WorkflowInput, type WorkflowNode } from './workflow-graph.ts';
