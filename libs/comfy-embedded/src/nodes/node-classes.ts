import type { PixelEngine } from '../engine/pixel-engine.ts';
import { checkpointLoaderSimple } from './checkpoint-loader-simple.ts';
import { clipSetLastLayer } from './clip-set-last-layer.ts';
import { clipTextEncodeSdxl } from './clip-text-encode-sdxl.ts';
import { clipTextEncode } from './clip-text-encode.ts';
import type { NodeClass } from './define-node.ts';
import { emptyImage } from './empty-image.ts';
import { emptyLatentImage } from './empty-latent-image.ts';
import { imageBatch } from './image-batch.ts';
import { imageCrop } from './image-crop.ts';
import { imageInvert } from './image-invert.ts';
import { imageScale } from './image-scale.ts';
import { kSamplerAdvanced } from './k-sampler-advanced.ts';
import { kSampler } from './k-sampler.ts';
import { latentUpscale } from './latent-upscale.ts';
import { loadImageMask } from './load-image-mask.ts';
import { loadImage } from './load-image.ts';
import { loraLoader, loraLoaderModelOnly } from './lora-loader.ts';
import { imageToMask, maskToImage } from './mask-conversions.ts';
import type { NodeFiles } from './node-files.ts';
import { pixelDownscale } from './pixel-downscale.ts';
import { previewImage } from './preview-image.ts';
import {
  primitiveBoolean,
  primitiveFloat,
  primitiveInt,
  primitiveString,
  primitiveStringMultiline,
} from './primitives.ts';
import { repeatLatentBatch } from './repeat-latent-batch.ts';
import { saveImageWebsocket } from './save-image-websocket.ts';
import { saveImage } from './save-image.ts';
import { saveSprite } from './save-sprite.ts';
import { vaeDecode } from './vae-decode.ts';
import { vaeEncode } from './vae-encode.ts';
import { vaeLoader } from './vae-loader.ts';

/** The node classes of a server by `class_type`. */
export type NodeClasses = ReadonlyMap<string, NodeClass>;

/** All node classes, their choices filled with what the engine and the server's folders offer. */
export function nodeClasses(
  engine: Pick<PixelEngine, 'checkpointName' | 'samplers' | 'schedulers'>,
  { loras, pictures }: NodeFiles,
): NodeClasses {
  const classes = [
    kSampler(engine),
    checkpointLoaderSimple([engine.checkpointName]),
    clipTextEncode,
    clipSetLastLayer,
    vaeDecode,
    vaeEncode,
    vaeLoader,
    emptyLatentImage,
    latentUpscale,
    repeatLatentBatch,
    saveImage,
    previewImage,
    loadImage(pictures),
    loadImageMask(pictures),
    imageScale,
    imageInvert,
    imageBatch,
    emptyImage,
    kSamplerAdvanced(engine),
    loraLoader(loras),
    loraLoaderModelOnly(loras),
    clipTextEncodeSdxl,
    imageCrop,
    maskToImage,
    imageToMask,
    primitiveString,
    primitiveStringMultiline,
    primitiveInt,
    primitiveFloat,
    primitiveBoolean,
    saveImageWebsocket,
    pixelDownscale,
    saveSprite,
  ];
  return new Map(classes.map((nodeClass) => [nodeClass.classType, nodeClass]));
}
