export { engineErrorCodes, EngineError, type EngineErrorCode } from './engine/engine-errors.ts';
export { engineLimits } from './engine/engine-limits.ts';
export { openPixelEngine, type OpenEngineOptions } from './engine/open-engine.ts';
export type {
  CallOptions,
  Conditioning,
  ImageBatch,
  Latent,
  PixelEngine,
  SampleRequest,
  StepListener,
} from './engine/pixel-engine.ts';
export { embeddedErrorCodes, EmbeddedServerError, type EmbeddedErrorCode } from './errors.ts';
export { embeddedVersion } from './server/embedded-version.ts';
export { makeTemporaryFolder } from './server/make-temporary-folder.ts';
export type { ServerLimitOptions } from './server/server-limits.ts';
export { startEmbeddedServer, type EmbeddedServer, type EmbeddedServerOptions } from './server/start-server.ts';
