import { z } from 'zod';

/** What the probe's worker thread is asked to do. */
export interface GemmTask {
  /** Edge lengths of the square matrices. */
  readonly sizes: readonly number[];
  readonly threads: number;
  /** Work of one timed run; sets the length of the chain of products. */
  readonly flopsPerRun: number;
  readonly warmupRuns: number;
  readonly minRuns: number;
  readonly maxRuns: number;
  /** Shared by the sizes: a size whose share is used up gets no more than `minRuns` runs; used up, no size is begun. */
  readonly budgetMs: number;
  /** One int32; non-zero asks the worker to stop after the current run. */
  readonly stopFlag: SharedArrayBuffer;
}

const gemmSampleSchema = z.object({
  size: z.int().positive(),
  products: z.int().positive(),
  runMs: z.array(z.number().positive()),
  /** Largest difference of the first row from a float64 product, relative to that row's largest value. */
  relativeError: z.number().nonnegative(),
});

/** One size's samples. */
export type GemmSample = z.infer<typeof gemmSampleSchema>;

/** Everything the worker posts: a size, then `done`; or `failed`. */
export const gemmMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('sample'), sample: gemmSampleSchema }),
  z.object({ type: z.literal('done'), library: z.string() }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
