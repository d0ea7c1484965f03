export { cancelJob } from './cancel-job.ts';
export { cancelPrompt } from './cancel-prompt.ts';
export { changeSettings } from './change-settings.ts';
export { createComfyClient, type ComfyClient, type ComfyClientOptions } from './client.ts';
export { createUser } from './create-user.ts';
export { deleteFromQueue } from './delete-from-queue.ts';
export { deleteHistory } from './delete-history.ts';
export {
  ComfyClientError,
  comfyClientErrorCodes,
  type ComfyClientErrorCode,
  type ComfyClientErrorOptions,
} from './errors.ts';
export { freeMemory, type FreeMemoryOptions } from './free-memory.ts';
export { getFeatures, type ServerFeatures } from './get-features.ts';
export { getHistory } from './get-history.ts';
export { getJob } from './get-job.ts';
export { getLogs, type LogEntry } from './get-logs.ts';
export { getObjectInfo, type GetObjectInfoOptions } from './get-object-info.ts';
export { getQueueRemaining } from './get-queue-remaining.ts';
export { getQueue } from './get-queue.ts';
export { getSetting } from './get-setting.ts';
export { getSettings } from './get-settings.ts';
export { getSystemStats } from './get-system-stats.ts';
export { getViewMetadata } from './get-view-metadata.ts';
export { interruptPrompt } from './interrupt-prompt.ts';
export { listEmbeddings } from './list-embeddings.ts';
export { listHistory, type ListHistoryOptions } from './list-history.ts';
export { listJobs, type JobPage, type ListJobsOptions } from './list-jobs.ts';
export { listModelFiles, type ModelFile } from './list-model-files.ts';
export { listModelFolders } from './list-model-folders.ts';
export { listModels } from './list-models.ts';
export { listUsers } from './list-users.ts';
export { parseExactJson } from './parse-lenient-json.ts';
export type { UploadedImage, UploadFile, UploadOptions } from './post-upload.ts';
export { probeCapabilities, type ServerCapabilities } from './probe-capabilities.ts';
export { queuePrompt, type QueuePromptOptions, type QueuePromptResult } from './queue-prompt.ts';
export { resumeWorkflow, type ResumeWorkflowOptions } from './resume-workflow.ts';
export { runWorkflow, type RunWorkflowOptions, type SubmissionNote } from './run-workflow.ts';
export type { OutputFile } from './run/digest-outputs.ts';
export type { FailedJob, JobResult, SucceededJob } from './run/job-result.ts';
export type { ProgressEvent } from './run/progress-event.ts';
export type { RunTiming } from './run/run-timing.ts';
export type { RunEvent } from './schema/event.ts';
export type { HistoryEntry, HistoryMessage, ImageReference } from './schema/history.ts';
export type { Job } from './schema/job.ts';
export { parseObjectInfo, type ObjectInfo } from './schema/object-info.ts';
export type { NodeErrors, NodeFault, NodeFaults } from './schema/prompt-reply.ts';
export type { QueueItem, QueueState } from './schema/queue.ts';
export type { SystemDevice, SystemStats } from './schema/system-stats.ts';
export type { CallOptions } from './send-request.ts';
export { serializeJson } from './serialize-json.ts';
export { startWorkflow, type WorkflowRun } from './start-workflow.ts';
export { subscribeLogs } from './subscribe-logs.ts';
export { uploadImage } from './upload-image.ts';
export { uploadMask } from './upload-mask.ts';
export { deleteUserData } from './user-data/delete-user-data.ts';
export { listUserData } from './user-data/list-user-data.ts';
export { moveUserData } from './user-data/move-user-data.ts';
export { readUserData } from './user-data/read-user-data.ts';
export type { UserDataEntry } from './user-data/user-file.ts';
export { writeUserData, type UserDataWriteOptions } from './user-data/write-user-data.ts';
export { viewImage, type ImageFile, type ViewImageOptions } from './view-image.ts';
export { parseWorkflowGraph, type WorkflowGraph, type WorkflowInput, type WorkflowNode } from './workflow-graph.ts';
export { applyParameters, defaultParameters } from './workflow/apply-template-parameters.ts';
export { generateNodeTypes } from './workflow/generate-node-types.ts';
export { readPngTexts } from './workflow/read-png-texts.ts';
export { readPngWorkflow } from './workflow/read-png-workflow.ts';
export { expectedTemplateOutput, type ExpectedOutput } from './workflow/template-output.ts';
export {
  type ParameterValue,
  type ParameterValues,
  readParameterValues,
  type TemplateParameter,
} from './workflow/template-parameters.ts';
export { validateWorkflow, type WorkflowFault } from './workflow/validate-workflow.ts';
export {
  createWorkflowBuilder,
  type AddedNode,
  type Link,
  type NodeClasses,
  type WorkflowBuilder,
} from './workflow/workflow-builder.ts';
export { workflowFingerprint } from './workflow/workflow-fingerprint.ts';
export { parseWorkflowTemplate, type WorkflowTemplate } from './workflow/workflow-template.ts';
