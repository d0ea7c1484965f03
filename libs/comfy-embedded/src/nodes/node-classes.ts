import type { PixelEngine } from '../engine/pixel-engine.ts';
import { checkpointLoaderSimple } from './checkpoint-loader-simple.ts';
import { clipTextEncode } from './clip-text-encode.ts';
import type { NodeClass } from './define-node.ts';
import { emptyLatentImage } from './empty-latent-image.ts';
import { kSampler } from './k-sampler.ts';
import { previewImage } from './preview-image.ts';
import { saveImage } from './save-image.ts';
import { vaeDecode } from './vae-decode.ts';

/** The node classes of a server by `class_type`. */
export type NodeClasses = ReadonlyMap<string, NodeClass>;

/** All node classes, their choices filled with what the engine offers. */
export function nodeClasses(engine: Pick<PixelEngine, 'checkpointName' | 'samplers' | 'schedulers'>): NodeClasses {
  const classes = [
    kSampler(engine),
    checkpointLoaderSimple([engine.checkpointName]),
    clipTextEncode,
    vaeDecode,
    emptyLatentImage,
    saveImage,
    previewImage,
  ];
  return new Map(classes.map((nodeClass) => [nodeClass.classType, nodeClass]));
}
