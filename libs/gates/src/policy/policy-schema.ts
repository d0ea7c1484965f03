import { z } from 'zod';

const text = z.string().min(1).max(2000);
const probeIds = z.array(z.string().regex(/^[a-z0-9-]{1,80}$/)).max(100);

/** What one scenario of the benchmark has to reach. */
const limitSchema = z
  .strictObject({
    scenario: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
    width: z.number().int().positive(),
    height: z.number().int().positive(),
    batch_size: z.number().int().positive(),
    min_steps: z.number().int().positive(),
    min_runs: z.number().int().positive(),
    min_seconds: z.number().min(0).default(0),
    max_latency_ms: z.number().positive().optional(),
    min_images_per_minute: z.number().positive().optional(),
    max_roofline_gap: z.number().positive().optional(),
  })
  .transform((limit) => ({
    scenario: limit.scenario,
    width: limit.width,
    height: limit.height,
    batchSize: limit.batch_size,
    minSteps: limit.min_steps,
    minRuns: limit.min_runs,
    minSeconds: limit.min_seconds,
    maxLatencyMs: limit.max_latency_ms ?? null,
    minImagesPerMinute: limit.min_images_per_minute ?? null,
    maxRooflineGap: limit.max_roofline_gap ?? null,
  }));
/** What one scenario of the benchmark has to reach. Null: not judged. */
export type ScenarioLimit = z.infer<typeof limitSchema>;

const loosenedSchema = z.strictObject({
  threshold: text,
  value: z.number(),
  reason: z.string().min(20).max(2000),
  approved_by: text,
  // TOML has dates of its own; a quoted one is as good.
  date: z.preprocess((value) => (value instanceof Date ? value.toISOString() : value), z.iso.date()),
});

/** A policy file as TOML has it; the transformed value uses the names of the code. */
export const policySchema = z
  .strictObject({
    schema: z.literal('dgx-pixels/policy/v1'),
    profile: z.string().regex(/^[a-z0-9-]{1,40}$/),
    title: text,
    reason: text,
    engine: z.enum(['embedded', 'comfyui']),
    validity_hours: z
      .number()
      .positive()
      .max(24 * 366),
    required_signatures: z.number().int().min(0).max(16),
    loosened: z.array(loosenedSchema).max(50).default([]),
    m0: z.strictObject({ probes: probeIds, reported: probeIds.default([]) }),
    m1: z.strictObject({
      probes: probeIds,
      reported: probeIds.default([]),
      max_peak_memory_bytes: z.number().int().positive(),
      limit: z.array(limitSchema).min(1).max(50),
    }),
    m3: z.strictObject({
      probes: probeIds,
      reported: probeIds.default([]),
      max_captioning_seconds: z.number().positive(),
      min_pictures: z.number().int().positive(),
      min_updates: z.number().int().positive(),
      max_training_seconds: z.number().positive(),
      max_adapter_bytes: z.number().int().positive(),
    }),
  })
  .transform((policy) => ({
    profile: policy.profile,
    title: policy.title,
    engine: policy.engine,
    validityHours: policy.validity_hours,
    requiredSignatures: policy.required_signatures,
    loosened: policy.loosened,
    probes: { m0: policy.m0.probes, m1: policy.m1.probes, m3: policy.m3.probes },
    reported: { m0: policy.m0.reported, m1: policy.m1.reported, m3: policy.m3.reported },
    maxPeakMemoryBytes: policy.m1.max_peak_memory_bytes,
    limits: policy.m1.limit,
    training: {
      minUpdates: policy.m3.min_updates,
      maxSeconds: policy.m3.max_training_seconds,
      maxAdapterBytes: policy.m3.max_adapter_bytes,
    },
    dataset: { maxCaptioningSeconds: policy.m3.max_captioning_seconds, minPictures: policy.m3.min_pictures },
  }));

/** A parsed policy: which probes decide, and what they compare with. */
export type Policy = z.infer<typeof policySchema>;
