export { checkServer, type CheckServerOptions } from './check-server.ts';
export { type EngineChoice, type EngineHandle, engineInfoOf, type OpenEngineOptions } from './engine-handle.ts';
export { ComfyHostError, type ComfyHostErrorCode, comfyHostErrorCodes } from './errors.ts';
export { isLoopbackHost } from './is-loopback-host.ts';
export { openEngine } from './open-engine.ts';
export type { CheckedImage, EngineCheck, ServerCheck } from './server-check.ts';
export { type DescribedTemplateRun, describeTemplateRun } from './templates/describe-template-run.ts';
export { readPicture, type ReceivedPicture } from './templates/finish-pictures.ts';
export { originKeyword, type TemplatePictures } from './templates/judge-pictures.ts';
export { adaptersOf, listTemplates, loadTemplate, type LoadedTemplate } from './templates/load-template.ts';
export {
  availableCheckpoint,
  fillTemplate,
  type TemplateRequest,
  uploadFixtures,
} from './templates/prepare-request.ts';
export { runRequest, runTemplate, type RunTemplateOptions, type TemplateRun } from './templates/run-template.ts';
export { recordTemplateRun, runTemplates, type RunTemplatesOptions } from './templates/run-templates.ts';
export type { TextToImageRecipe } from './text-to-image-request.ts';
export { writeEngineCheck, type WriteEngineCheckOptions, type WrittenEngineCheck } from './write-engine-check.ts';
