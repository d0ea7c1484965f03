import { z } from 'zod';
import { recordSchemaOf, sha256Schema } from '../envelope.ts';
import { missingSchema, refuseUnexplainedNulls } from '../missing.ts';
import { relativePathSchema } from '../relative-path.ts';

const name = z.string().min(1).max(200);

/** Payload of `dgx-pixels/engine-check/v1`: what a ComfyUI server answered, and one text-to-image run through a template. */
export const engineCheckPayloadSchema = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }).max(400),
    startMs: z.number().min(0).nullable().describe('from start to first answer; null for a server that ran already'),
    system: z.strictObject({
      comfyuiVersion: name,
      pythonVersion: name.nullable(),
      os: name,
      ramTotalBytes: z.number().int().min(1),
      deviceName: name,
      argvSha256: sha256Schema.nullable(),
    }),
    nodeClasses: z.number().int().min(0).max(100_000).describe('node classes in /object_info'),
    objectInfoSha256: sha256Schema.describe('hash of the canonical JSON of /object_info'),
    checkpoints: z.array(z.string().min(1).max(400)).max(10_000).describe('checkpoint names that the server lists'),
    checks: z
      .array(z.strictObject({ id: name, passed: z.boolean(), detail: z.string().max(2000) }))
      .min(1)
      .max(1000),
    textToImage: z
      .strictObject({
        promptId: name,
        clientMs: z.number().positive(),
        images: z
          .array(
            z.strictObject({
              path: relativePathSchema.describe('artifact of this record'),
              width: z.number().int().min(1).max(16_384),
              height: z.number().int().min(1).max(16_384),
              bytes: z.number().int().min(1),
              sha256: sha256Schema.describe('hash of the PNG file'),
            }),
          )
          .min(1)
          .max(64),
      })
      .nullable(),
    missing: missingSchema,
  })
  .superRefine(refuseUnexplainedNulls);
/** Payload of `dgx-pixels/engine-check/v1`. */
export type EngineCheckPayload = z.infer<typeof engineCheckPayloadSchema>;

/** Record of workstream `ws-04`. */
export const engineCheckRecordSchema = recordSchemaOf('dgx-pixels/engine-check/v1', engineCheckPayloadSchema);
/** Record of workstream `ws-04`. */
export type EngineCheckRecord = z.infer<typeof engineCheckRecordSchema>;
