import { z } from 'zod';
import { recordSchemaOf, sha256Schema } from '../envelope.ts';
import { missingSchema, refuseUnexplainedNulls } from '../missing.ts';

const name = z.string().min(1).max(200);
const count = z.number().int().min(0).max(10_000);

const result = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words and dashes'),
    area: name,
    statement: z.string().min(1).max(400),
    outcome: z
      .enum(['pass', 'fail', 'not-available', 'error'])
      .describe('not-available: this server cannot be asked; error: the check could not be carried out'),
    detail: z.string().max(3000).describe('what was expected and seen, or why not; empty where the statement holds'),
    durationMs: z.number().int().min(0),
  })
  .refine(({ outcome, detail }) => (outcome === 'pass') === (detail === ''), {
    path: ['detail'],
    message: 'must be empty where the statement holds, and nowhere else',
  });

/** Payload of `dgx-pixels/server-check/v1`: which statements about the ComfyUI protocol hold of a server. */
export const serverCheckPayloadSchema = z
  .strictObject({
    url: z.url({ protocol: /^https?$/ }).max(400),
    system: z.strictObject({
      comfyuiVersion: name,
      pythonVersion: name.nullable(),
      pytorchVersion: name.nullable(),
      os: name,
      deviceName: name,
      argvSha256: sha256Schema.nullable(),
    }),
    checkpoint: z.string().min(1).max(400).nullable().describe('the model that was sampled with'),
    restarted: z.boolean().describe('whether the checks could restart the server'),
    counts: z.strictObject({ pass: count, fail: count, notAvailable: count, error: count }),
    results: z.array(result).min(1).max(1000),
    missing: missingSchema,
  })
  .superRefine(refuseUnexplainedNulls)
  .superRefine(({ counts, results }, context) => {
    const counted = { pass: 0, fail: 0, notAvailable: 0, error: 0 };
    for (const { outcome } of results) counted[outcome === 'not-available' ? 'notAvailable' : outcome] += 1;
    for (const key of ['pass', 'fail', 'notAvailable', 'error'] as const) {
      if (counts[key] === counted[key]) continue;
      context.addIssue({ code: 'custom', path: ['counts', key], message: `${counted[key]} results say so` });
    }
  });
/** Payload of `dgx-pixels/server-check/v1`. */
export type ServerCheckPayload = z.infer<typeof serverCheckPayloadSchema>;

/** Record of the conformance checks of workstream `ws-04`. */
export const serverCheckRecordSchema = recordSchemaOf('dgx-pixels/server-check/v1', serverCheckPayloadSchema);
/** Record of the conformance checks of workstream `ws-04`. */
export type ServerCheckRecord = z.infer<typeof serverCheckRecordSchema>;
