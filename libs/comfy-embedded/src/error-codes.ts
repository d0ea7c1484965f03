// All codes of the library without the library: `@dgx-pixels/comfy-embedded/errors`.
export { engineErrorCodes } from './engine/engine-errors.ts';
export { embeddedErrorCodes } from './errors.ts';
export { imageErrorCodes } from './images/image-errors.ts';
