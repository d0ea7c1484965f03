export { PixelModelError, pixelModelErrorCodes } from './errors.ts';
export type { PixelModelErrorCode } from './errors.ts';
export { readManifest } from './manifest.ts';
export type { PixelModelManifest } from './manifest.ts';
export { pixelModelDirectory } from './model-directory.ts';
export { verifyPixelModel } from './verify-pixel-model.ts';
export type { PixelModelFault, PixelModelVerification } from './verify-pixel-model.ts';
export { readVocabulary } from './vocabulary.ts';
export type { PixelModelVocabulary } from './vocabulary.ts';
