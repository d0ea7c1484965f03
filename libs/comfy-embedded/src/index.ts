export { engineErrorCodes, EngineError, type EngineErrorCode } from './engine/engine-errors.ts';
export { engineLimits } from './engine/engine-limits.ts';
export { openPixelEngine, type OpenEngineOptions } from './engine/open-engine.ts';
export type {
  AdapterSummary,
  AdapterUse,
  CallOptions,
  Conditioning,
  EncodeRequest,
  ImageBatch,
  ImageSizes,
  Latent,
  PixelEngine,
  SampleRequest,
  StepListener,
} from './engine/pixel-engine.ts';
export type { DecodedImage } from './image-files/decoded-image.ts';
export { decodePng } from './image-files/decode-png.ts';
export { ImageError, imageErrorCodes, type ImageErrorCode } from './images/image-errors.ts';
export { imageLimits } from './images/image-limits.ts';
export type { MaskBatch } from './images/mask-batch.ts';
export { boolean } from './nodes/boolean-input.ts';
export {
  defineNode,
  type NodeClass,
  type NodeContext,
  type NodeDefinition,
  type NodeResult,
  type ValueRefusal,
} from './nodes/define-node.ts';
export { socket } from './nodes/inputs.ts';
export { bigInt, float, int } from './nodes/number-inputs.ts';
export { choice, string } from './nodes/text-inputs.ts';
export { encodePng, type RgbaImage, type RgbImage } from './png/encode-png.ts';
export type { TextChunk } from './png/text-chunk.ts';
export { embeddedErrorCodes, EmbeddedServerError, type EmbeddedErrorCode } from './errors.ts';
export { embeddedVersion } from './server/embedded-version.ts';
export { makeTemporaryFolder } from './server/make-temporary-folder.ts';
export type { ServerLimitOptions } from './server/server-limits.ts';
export type { EmbeddedServerOptions } from './server/server-options.ts';
export { startEmbeddedServer, type EmbeddedServer } from './server/start-server.ts';
