import { sha256Schema } from '@dgx-pixels/evidence';
import { z } from 'zod';

const absolutePath = z.string().min(1).max(4096).startsWith('/');
const count = (most: number) => z.number().int().min(1).max(most);
const share = z.number().min(0).max(1);

/** Sets of layers that an adapter changes; SDXL has 560, 700 and 722 modules in them. */
const targetSetSchema = z.enum(['attention', 'attention-ff', 'attention-ff-proj']);
/** Set of layers that an adapter changes. */
export type TargetSet = z.infer<typeof targetSetSchema>;

const picture = z.strictObject({
  id: sha256Schema.describe('of the dataset image'),
  file: z.string().min(1).max(400).describe('PNG below dataset.path'),
  sha256: sha256Schema.describe('of that file'),
  caption: z.string().min(1).max(1000),
});

/**
 * What the trainer is told: everything resolved, nothing to choose any more. Written as `request.json` into the run
 * folder; `hash` of a checkpoint is over this file without `training.steps` and `runFolder`.
 */
export const trainRequestSchema = z.strictObject({
  version: z.literal(1),
  runId: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'must be a ULID'),
  runFolder: absolutePath,
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 48 - 1),
  base: z.strictObject({
    kind: z
      .enum(['bundled', 'sdxl-folder', 'sdxl-file'])
      .describe('bundled: libs/pixel-model/model; others: SDXL weights'),
    path: absolutePath,
    sha256: sha256Schema.describe('of the weights file; of model_index.json for a folder'),
  }),
  dataset: z.strictObject({
    path: absolutePath.describe('folder of an export (libs/dataset-tools)'),
    lockSha256: sha256Schema.describe('of its dataset.lock.json'),
    name: z.string().min(1).max(60),
    trigger: z.string().max(40).nullable(),
    width: count(2048).describe('pixels of every picture'),
    height: count(2048),
    train: z.array(picture).min(1).max(100_000),
    validation: z.array(picture).max(1000),
  }),
  adapter: z.strictObject({
    targets: targetSetSchema,
    rank: count(128),
    alpha: z.number().positive().max(1024),
  }),
  training: z.strictObject({
    steps: count(1_000_000).describe('optimiser updates'),
    batchSize: count(256),
    accumulation: count(256).describe('batches per update'),
    learningRate: z.number().positive().max(1),
    warmupSteps: z.number().int().min(0).max(100_000),
    schedule: z.enum(['constant', 'cosine']),
    weightDecay: z.number().min(0).max(1),
    clipNorm: z.number().positive().max(1000),
    minSnrGamma: z.number().positive().max(100).nullable(),
    noiseOffset: share,
    captionDropout: share,
    precision: z.enum(['float32', 'float16', 'bfloat16']).describe('of the base; the adapter is float32'),
    gradientCheckpointing: z.boolean(),
    channelsLast: z.boolean(),
    compile: z.boolean(),
    device: z.enum(['cpu', 'cuda']),
    threads: count(1024),
  }),
  validation: z.strictObject({
    every: count(100_000).describe('updates'),
    timesteps: z.array(z.number().int().min(0).max(999)).min(1).max(64),
    noises: count(16).describe('noises per picture and timestep'),
    trainPictures: z.number().int().min(0).max(1000).describe('training pictures that are measured likewise'),
  }),
  checkpoint: z.strictObject({ every: count(100_000), keep: count(1000) }),
  metadata: z
    .record(z.string().regex(/^[a-z0-9_.]{1,80}$/), z.string().max(100_000))
    .describe('goes into the safetensors header of every export as it is'),
});
/** What the trainer is told. */
export type TrainRequest = z.infer<typeof trainRequestSchema>;
