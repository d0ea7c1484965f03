import { z } from 'zod';
import { recordSchemaOf, sha256Schema } from '../envelope.ts';
import { missingSchema, refuseUnexplainedNulls } from '../missing.ts';
import { relativePathSchema } from '../relative-path.ts';

const name = z.string().min(1).max(200);
const side = z.number().int().min(1).max(16_384);
const pixels = z.number().int().min(0);
const pixelsSha256 = sha256Schema.describe('hash of the decoded RGBA bytes');

const picture = {
  width: side,
  height: side,
  sha256: sha256Schema.describe('hash of the PNG file'),
  pixelsSha256,
};

/** Payload of `dgx-pixels/template-run/v1`: one request made from a template, and what its pictures are, pixel by pixel. */
export const templateRunPayloadSchema = z
  .strictObject({
    template: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be a template name'),
    parameters: z
      .record(z.string().min(1).max(80), z.union([z.string().max(10_000), z.number()]))
      .describe('every parameter; a seed above 2⁵³ as decimal text'),
    graph: z
      .string()
      .max(256 * 1024)
      .describe('JSON text of the graph that was sent'),
    graphSha256: sha256Schema.describe('fingerprint of the graph: ids, classes and inputs'),
    looksChecked: z
      .boolean()
      .describe('false where only validation and execution were asked for, as with weights that draw nothing'),
    run: z
      .strictObject({ promptId: name, clientMs: z.number().positive() })
      .nullable()
      .describe('null when the run brought no pictures'),
    checks: z
      .array(z.strictObject({ id: name, passed: z.boolean(), detail: z.string().max(2000) }))
      .min(1)
      .max(100),
    images: z
      .array(
        z.strictObject({
          received: z.strictObject(picture).describe('as the server sent it'),
          finished: z
            .strictObject({
              ...picture,
              path: relativePathSchema.describe('artifact of this record'),
              colours: pixels.describe('different colours of the pixels that are not transparent'),
              opaquePixels: pixels,
              transparentPixels: pixels,
            })
            .describe('at native size, cut out and in its palette'),
        }),
      )
      .max(64),
    sheet: z
      .strictObject({ ...picture, path: relativePathSchema, columns: z.number().int().min(1).max(64) })
      .nullable()
      .describe('the finished pictures side by side'),
    missing: missingSchema,
  })
  .superRefine(refuseUnexplainedNulls);
/** Payload of `dgx-pixels/template-run/v1`. */
export type TemplateRunPayload = z.infer<typeof templateRunPayloadSchema>;

/** Record of workstream `ws-04`: one run of a workflow template. */
export const templateRunRecordSchema = recordSchemaOf('dgx-pixels/template-run/v1', templateRunPayloadSchema);
/** Record of workstream `ws-04`: one run of a workflow template. */
export type TemplateRunRecord = z.infer<typeof templateRunRecordSchema>;
