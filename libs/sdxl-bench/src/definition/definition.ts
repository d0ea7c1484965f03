import { z } from 'zod';

const edge = z.int().min(8).max(16_384).multipleOf(8);

const scenarioFileSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'must be lower-case letters, digits and dashes'),
  width: edge,
  height: edge,
  batch_size: z.int().min(1).max(4096),
  measured_runs: z.int().min(1).max(100_000),
  minimum_seconds: z.number().min(0).max(86_400),
  expect: z.strictObject({ images: z.int().min(1).max(4096), width: edge, height: edge }),
});

/** Schema of `bench/definitions/*.toml`: prompts, and scenarios with the answer that each run must give. */
export const definitionSchema = z
  .strictObject({
    analysis: z.string().min(1).max(4000),
    prompts: z.array(z.string().min(1).max(1000)).min(1).max(1000).refine(distinct, 'a prompt occurs twice'),
    scenario: z
      .array(scenarioFileSchema)
      .min(1)
      .max(100)
      .refine((list) => distinct(list.map((entry) => entry.name)), 'a scenario name occurs twice'),
  })
  .transform(({ scenario, ...file }) => ({
    ...file,
    scenarios: scenario.map((entry) => ({
      name: entry.name,
      width: entry.width,
      height: entry.height,
      batchSize: entry.batch_size,
      /** Measured runs; more follow while `minimumMs` has not passed. */
      measuredRuns: entry.measured_runs,
      minimumMs: entry.minimum_seconds * 1000,
      expect: entry.expect,
    })),
  }));

/** Prompts, and scenarios with the answer that each run must give. */
export type Definition = z.infer<typeof definitionSchema>;

/** One size and batch to measure, and its expected answer. */
export type Scenario = Definition['scenarios'][number];

function distinct(values: readonly string[]): boolean {
  return new Set(values).size === values.length;
}
