import { join } from 'node:path';
import { z } from 'zod';
import { pixelModelDirectory } from './model-directory.ts';
import { readModelJson } from './read-json.ts';

const count = z.int().min(1);
const fileName = z.string().regex(/^[a-z0-9][a-z0-9_.-]*$/, 'a plain file name');

const fileSchema = z.strictObject({
  path: fileName,
  bytes: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits'),
});

const graphSchema = z.strictObject({
  file: fileName,
  inputs: z.array(z.string()).min(1),
  outputs: z.array(z.string()).min(1),
  weights: count,
});

const tensorSchema = z.strictObject({
  dtype: z.literal('F16'),
  shape: z.array(count),
  byteOffset: count,
  byteLength: count,
});

const configSchema = z.strictObject({
  architecture: z.literal('sdxl'),
  prediction: z.literal('epsilon'),
  latentChannels: z.literal(4),
  vaeFactor: z.literal(8),
  scalingFactor: z.number().positive(),
  latentConvention: z.string(),
  textWidths: z.tuple([count, count]),
  pooledWidth: count,
  maxTokens: count,
  timeIds: z.string(),
  additionTimeEmbedDim: count,
  unetChannels: z.array(count).min(1),
  unetHeads: z.array(count).min(1),
  normGroups: count,
  textLayers: count,
  textHeads: count,
  vaeChannels: z.array(count).min(1),
  trainedSizes: z.array(count).min(1),
});

/** Graphs over a float32 buffer: its value i is the fp16 value i of the weights file, counted from byte `dataStart`. */
const adaptableSchema = z.strictObject({
  /** Location of their external data: the buffer that an engine hands over, not a file. */
  buffer: fileName,
  dataStart: count,
  graphs: z.strictObject({
    text_encoder: fileName,
    text_encoder_2: fileName,
    unet_context: fileName,
    unet: fileName,
  }),
});

/** Linear factors from a latent cell in VAE units to RGB in [−1, 1]; errors in 1/255. */
const previewSchema = z.strictObject({
  weights: z.array(z.tuple([z.number(), z.number(), z.number()])).length(4),
  bias: z.tuple([z.number(), z.number(), z.number()]),
  meanError: z.number(),
  maxError: z.number(),
});

/**
 * Form of `model/manifest.json`. `tensors` says where each weight lies in the safetensors file (byteOffset from the
 * start of the file); `graphs` what goes into each ONNX graph and comes out of it: `unet_context` turns a prompt's states
 * into the keys and values that `unet` takes at every step; sizes are in pixels.
 */
const manifestSchema = z.strictObject({
  schema: z.literal('dgx-pixels/pixel-model/v1'),
  name: z.string().min(1),
  revision: z.string().min(1),
  license: z.string().min(1),
  files: z.array(fileSchema).min(1),
  graphs: z.strictObject({
    text_encoder: graphSchema,
    text_encoder_2: graphSchema,
    unet_context: graphSchema,
    unet: graphSchema,
    vae_decoder: graphSchema,
    vae_encoder: graphSchema,
  }),
  adaptable: adaptableSchema,
  preview: previewSchema,
  config: configSchema,
  schedule: z.strictObject({
    betaSchedule: z.literal('scaled_linear'),
    betaStart: z.number().positive(),
    betaEnd: z.number().positive(),
    trainTimesteps: count,
  }),
  training: z.record(z.string(), z.unknown()),
  limits: z.strictObject({
    maxTokens: count,
    sizeMultiple: z.literal(8),
    trainedSizes: z.array(count).min(1),
  }),
  tensors: z.record(z.string(), tensorSchema),
});

/** What `model/manifest.json` says of the bundled model. */
export type PixelModelManifest = z.infer<typeof manifestSchema>;

/**
 * Reads the manifest of the bundled model, or of the model in `directory`.
 *
 * @throws PixelModelError when the file is missing or has another form (all faults at once).
 */
export function readManifest(directory: string = pixelModelDirectory()): PixelModelManifest {
  return readModelJson(join(directory, 'manifest.json'), manifestSchema);
}
