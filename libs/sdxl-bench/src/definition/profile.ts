import { profileNameSchema, relativePathSchema } from '@dgx-pixels/evidence';
import { z } from 'zod';

const name = z.string().min(1).max(200);

/** The text of a profile, with TOML's names, as `bench/profiles/<name>.toml` has it. */
const profileFileSchema = z.strictObject({
  name: profileNameSchema,
  title: name,
  definition: relativePathSchema,
  policy: relativePathSchema,
  workflow: relativePathSchema,
  parameters: relativePathSchema,
  engine: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('embedded') }),
    z.strictObject({ kind: z.literal('comfyui'), url: z.url({ protocol: /^https?$/ }) }),
  ]),
  recipe: z.strictObject({
    checkpoint: name,
    dtype: name,
    steps: z.int().min(1).max(10_000),
    cfg: z.number().min(0).max(100),
    sampler: name,
    scheduler: name,
    negative: z.string().max(4000),
  }),
  samples: z.strictObject({
    warmup_runs: z.int().min(1).max(100),
    run_timeout_s: z.number().positive().max(86_400),
    kept_images: z.int().min(0).max(1000),
  }),
});

/** Schema of a profile: what is measured, on which engine, with which recipe, under which policy. */
export const profileSchema = profileFileSchema.transform(({ samples, ...file }) => ({
  ...file,
  samples: {
    /** Runs of each scenario before the measured ones; fixed, not counted, times recorded apart. */
    warmupRuns: samples.warmup_runs,
    runTimeoutMs: samples.run_timeout_s * 1000,
    /** Images of each scenario that are kept as files. */
    keptImages: samples.kept_images,
  },
}));

/** What is measured, on which engine, with which recipe, under which policy. */
export type Profile = z.infer<typeof profileSchema>;
