export { checkServer, type CheckServerOptions } from './check-server.ts';
export { type EngineChoice, type EngineHandle, engineInfoOf, type OpenEngineOptions } from './engine-handle.ts';
export { ComfyHostError, type ComfyHostErrorCode, comfyHostErrorCodes } from './errors.ts';
export { isLoopbackHost } from './is-loopback-host.ts';
export { openEngine } from './open-engine.ts';
export type { CheckedImage, EngineCheck, ServerCheck } from './server-check.ts';
export type { TextToImageRecipe } from './text-to-image-request.ts';
export { writeEngineCheck, type WriteEngineCheckOptions, type WrittenEngineCheck } from './write-engine-check.ts';
