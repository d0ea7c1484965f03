import { z } from 'zod';
import { recordSchemaOf, sha256Schema } from '../envelope.ts';
import { missingSchema, refuseUnexplainedNulls } from '../missing.ts';
import { relativePathSchema } from '../relative-path.ts';

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be lower-case words and dashes');
const text = z.string().min(1).max(400);
const count = z.number().int().min(0).max(1_000_000);
const durationMs = z.number().min(0);

const dataset = z.strictObject({
  name,
  path: relativePathSchema.describe('folder of the dataset in the workspace'),
  manifestSha256: sha256Schema,
  pictures: count.describe('originals: derived pictures are counted apart'),
  derived: count,
  heldOut: count,
  paletteColours: count.nullable().describe('of the declared palette'),
  licences: z.array(z.strictObject({ spdx: text, pictures: count })).max(100),
  captioned: count.describe('pictures with a caption'),
  pairsAcrossSplit: count.describe('pairs of equal or nearly equal pictures with one on either side of the split'),
  sharedWithModel: count.describe("pictures that are among the bundled model's training data, flipped or turned too"),
  faults: z
    .array(z.strictObject({ kind: name, path: text, message: z.string().max(2000) }))
    .max(1000)
    .describe('what validation and verification found; noted ones too'),
  refused: count.describe('how many of them keep a picture or the set from being used'),
});

/** Payload of `dgx-pixels/dataset-check/v1`: what the example datasets are, and whether the tools keep their promises. */
export const datasetCheckPayloadSchema = z
  .strictObject({
    datasets: z.array(dataset).min(1).max(20),
    modelSprites: count.describe('training pictures of the bundled model that were compared with; 0 is none'),
    captioning: z.strictObject({
      captioner: text,
      pictures: count,
      durationMs: durationMs.describe('wall-clock time for all of them, nothing cached'),
      again: z
        .strictObject({ computed: count, durationMs })
        .describe('the same once more: pictures that were captioned anew'),
    }),
    augmentation: z.strictObject({
      operations: z
        .array(
          z.strictObject({
            operation: name,
            outputs: count,
            inverted: count.describe('outputs whose inverse is the source picture, bit for bit'),
          }),
        )
        .max(40),
      refused: z.array(name).max(60).describe('operations that were asked for and refused because they lose pixels'),
    }),
    missing: missingSchema,
  })
  .superRefine(refuseUnexplainedNulls);
/** Payload of `dgx-pixels/dataset-check/v1`. */
export type DatasetCheckPayload = z.infer<typeof datasetCheckPayloadSchema>;

/** Record of workstream `ws-07`: the example datasets and the tools that made them. */
export const datasetCheckRecordSchema = recordSchemaOf('dgx-pixels/dataset-check/v1', datasetCheckPayloadSchema);
/** Record of workstream `ws-07`. */
export type DatasetCheckRecord = z.infer<typeof datasetCheckRecordSchema>;
