import { z } from 'zod';
import { recordSchemaOf, sha256Schema } from '../envelope.ts';
import { missingSchema, refuseUnexplainedNulls } from '../missing.ts';
import { relativePathSchema } from '../relative-path.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be lower-case words and dashes');
const text = z.string().min(1).max(2000);
const count = z.number().int().min(0).max(100_000_000);
const seconds = z.number().min(0);
const step = count.describe('optimiser updates');

const interval = z.strictObject({
  mean: z.number(),
  low: z.number().describe('2.5th percentile of the paired bootstrap'),
  high: z.number().describe('97.5th percentile'),
  n: z.number().int().min(1).describe('pairs'),
});

const round = z.strictObject({
  step,
  heldOut: z.number().min(0).describe('mean squared error over the fixed grid of pictures, timesteps and noises'),
  train: z.number().min(0).nullable().describe('the same of some training pictures; null: none were measured'),
  againstBase: interval.describe('held-out error less that before training, paired by cell'),
});

const distance = z.strictObject({
  measure: name,
  base: z.number().describe('median distance of the base model’s pictures to the training pictures'),
  adapter: z.number().describe('the same with the adapter'),
  difference: interval.describe('adapter less base, paired by prompt and seed; below 0 is closer to the set'),
  verdict: z.enum(['closer', 'farther', 'undecided']),
});

/** Payload of `dgx-pixels/training-run/v1`: how an adapter was trained, what came of it, and whether it provably works. */
export const trainingRunPayloadSchema = z
  .strictObject({
    run: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, 'must be a ULID'),
    base: z.strictObject({ kind: z.enum(['bundled', 'sdxl-folder', 'sdxl-file']), name: text, sha256: sha256Schema }),
    dataset: z.strictObject({
      name,
      lockSha256: sha256Schema.describe('of dataset.lock.json, which names every file that was trained on'),
      pictures: count.describe('trained on and held out'),
      heldOut: count,
      licences: z.array(z.strictObject({ spdx: text, pictures: count })).max(100),
    }),
    settings: z.strictObject({
      steps: step,
      batchSize: count.describe('pictures an update'),
      learningRate: z.number().positive(),
      schedule: z.enum(['constant', 'cosine']),
      precision: z.enum(['float32', 'float16', 'bfloat16']),
      device: z.enum(['cpu', 'cuda']),
      threads: count,
      width: count.describe('pixels of the pictures'),
      height: count,
      targets: z.enum(['attention', 'attention-ff', 'attention-ff-proj']),
      rank: count,
      alpha: z.number().positive(),
      seed: z.number().int().min(0),
    }),
    software: z.strictObject({ python: text, torch: text, device: text }),
    steps: step.describe('updates that were made'),
    skipped: count.describe('updates that were not finite'),
    seconds: z.strictObject({
      total: seconds.describe('wall-clock, from the start of the trainer to its end'),
      updates: seconds,
      validation: seconds,
      checkpoints: seconds,
      medianUpdate: seconds,
    }),
    peakMemoryBytes: z.number().int().min(0),
    rounds: z.array(round).max(10_000),
    verdict: z.enum(['converged', 'overfit', 'diverged', 'inconclusive']),
    reason: text,
    recommendedStep: step.nullable().describe('checkpoint to use; null: none is better than the base model'),
    resume: z.strictObject({
      updates: step.describe('of the run that was killed and of the one that was not'),
      killedBefore: step,
      resumedFrom: step,
      exact: z.boolean().describe('whether losses, validation, checkpoint and adapter are equal byte by byte'),
    }),
    adapter: z.strictObject({
      path: relativePathSchema.describe('file beside this record, in kohya’s form'),
      sha256: sha256Schema,
      bytes: z
        .number()
        .int()
        .min(0)
        .max(2 ** 40),
      step: step.describe('the checkpoint it is of'),
      tensors: count,
      modules: count.describe('layers with an adapter'),
      expectedModules: count.describe('layers of the model that should have one'),
      faults: z.array(text).max(100).describe('what is wrong with the file'),
    }),
    loading: z.strictObject({
      zeroIsBase: z.boolean().describe('whether strength 0 gives the picture of a graph without the adapter'),
      changed: count.describe('pictures that strength 1 changes'),
      pictures: count,
    }),
    style: z.strictObject({
      prompts: z.array(text).min(1).max(200),
      seeds: z.array(z.number().int().min(0)).min(1).max(100),
      samplerSteps: count,
      cfg: z.number(),
      pairs: count,
      overall: distance.describe('mean of all measures, each in units of the training set'),
      measures: z.array(distance).min(1).max(40),
      copies: count.describe('pictures that are training pictures, or nearly'),
      page: relativePathSchema.describe('side-by-side page beside this record'),
    }),
    missing: missingSchema,
  })
  .superRefine(refuseUnexplainedNulls);
/** Payload of `dgx-pixels/training-run/v1`. */
export type TrainingRunPayload = z.infer<typeof trainingRunPayloadSchema>;

/** Record of workstream `ws-06`: one trained adapter. */
export const trainingRunRecordSchema = recordSchemaOf('dgx-pixels/training-run/v1', trainingRunPayloadSchema);
/** Record of workstream `ws-06`. */
export type TrainingRunRecord = z.infer<typeof trainingRunRecordSchema>;
