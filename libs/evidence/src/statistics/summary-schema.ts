import { z } from 'zod';

/** Schema of a {@link Summary}: finite numbers, at least one sample. */
export const summarySchema = z.strictObject({
  n: z.number().int().min(1).describe('number of samples'),
  median: z.number().describe('median of the samples'),
  ci95: z.tuple([z.number(), z.number()]).describe('95 % percentile bootstrap interval of the median'),
  mad: z.number().min(0).describe('median absolute deviation, not scaled'),
  p90: z.number().describe('90th percentile'),
  min: z.number().describe('smallest sample'),
  max: z.number().describe('largest sample'),
});

/** What is said of a series of samples, in the unit of the field that holds it. */
export type Summary = z.infer<typeof summarySchema>;
