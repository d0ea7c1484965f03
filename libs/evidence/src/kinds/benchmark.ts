import { z } from 'zod';
import { inputRefSchema, recordSchemaOf } from '../envelope.ts';
import { missingSchema, refuseUnexplainedNulls } from '../missing.ts';
import { relativePathSchema } from '../relative-path.ts';
import { summarySchema } from '../statistics/summary-schema.ts';

const name = z.string().min(1).max(200);
const count = z.number().int().min(0).max(10_000_000);

/** What one prompt run generates. Sizes in pixels. */
const scenarioSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
  checkpoint: name,
  dtype: name,
  width: z.number().int().min(8).max(16_384),
  height: z.number().int().min(8).max(16_384),
  batchSize: z.number().int().min(1).max(4096).describe('images a prompt run'),
  steps: z.number().int().min(1).max(10_000),
  cfg: z.number().min(0).max(100).describe('guidance scale; 1 means without guidance'),
  sampler: name,
  scheduler: name,
});
/** What one prompt run generates. */
export type BenchmarkScenario = z.infer<typeof scenarioSchema>;

/** Counts over the images of all measured runs. */
const imageChecksSchema = z.strictObject({
  images: count.describe('images that were received and decoded'),
  wrongSize: count.describe('images of another width or height than asked'),
  blank: count.describe('images of one colour'),
  repeated: count.describe('images whose pixels were seen before'),
  cachedRuns: count.describe('runs in which a node of plan.mustRunNodes came from the server’s cache'),
});
/** Counts over the images of all measured runs. */
export type ImageChecks = z.infer<typeof imageChecksSchema>;

/** Payload of `dgx-pixels/benchmark/v1`: one scenario, its samples and what follows from them. */
export const benchmarkPayloadSchema = z
  .strictObject({
    scenario: scenarioSchema,
    files: z
      .strictObject({
        profile: inputRefSchema,
        definition: inputRefSchema,
        workflow: inputRefSchema,
        policy: inputRefSchema,
      })
      .describe('files of the workspace that decided what was measured and how it is judged'),
    plan: z.strictObject({
      warmupRuns: count,
      measuredRuns: z.number().int().min(1).max(100_000),
      firstSeed: z
        .string()
        .regex(/^[0-9]{1,20}$/)
        .describe('decimal, 0 … 2⁶⁴−1'),
      mustRunNodes: z
        .array(z.string().min(1).max(60))
        .min(1)
        .max(64)
        .describe('ids of the workflow’s sampler, decode and save nodes: none may come from a cache'),
    }),
    warmupMs: z.array(z.number().positive()).max(10_000).describe('client clock, not part of the samples'),
    samples: z
      .strictObject({ path: relativePathSchema, count: z.number().int().min(1).max(100_000) })
      .describe('JSON lines artifact, one row a measured run'),
    latencyMs: summarySchema.describe('one prompt run, client clock'),
    msPerImage: summarySchema.describe('latencyMs / batchSize'),
    imagesPerMinute: summarySchema.describe('60 000 · batchSize / latencyMs'),
    imageChecks: imageChecksSchema,
    memory: z.strictObject({
      peakProcessBytes: z.number().int().min(1).nullable().describe('largest resident set of the engine’s process'),
      availableDropBytes: z.number().int().min(0).nullable().describe('largest drop of MemAvailable during the runs'),
    }),
    loadAverage: z.strictObject({ before: z.number().min(0), after: z.number().min(0) }),
    lock: z.strictObject({ token: z.number().int().min(0) }).describe('fencing token of the machine lock'),
    missing: missingSchema,
  })
  .superRefine(refuseUnexplainedNulls);
/** Payload of `dgx-pixels/benchmark/v1`. */
export type BenchmarkPayload = z.infer<typeof benchmarkPayloadSchema>;

/** Record of workstream `ws-05`, one a scenario. */
export const benchmarkRecordSchema = recordSchemaOf('dgx-pixels/benchmark/v1', benchmarkPayloadSchema);
/** Record of workstream `ws-05`, one a scenario. */
export type BenchmarkRecord = z.infer<typeof benchmarkRecordSchema>;
