import { z } from 'zod';

/** A prompt as the jobs route of newer servers tells it. Times are server milliseconds since 1970. */
export interface Job {
  readonly id: string;
  /** `pending`, `in_progress`, `completed`, `failed`, `cancelled`, or a word of a later release. */
  readonly status: string;
  readonly createTimeMs: number | null;
  readonly executionStartMs: number | null;
  readonly executionEndMs: number | null;
}

const time = z.number().nullish();

/** `GET /api/jobs/{id}`. */
export const jobSchema = z
  .object({
    id: z.string(),
    status: z.string(),
    create_time: time,
    execution_start_time: time,
    execution_end_time: time,
  })
  .transform((job): Job => ({
    id: job.id,
    status: job.status,
    createTimeMs: job.create_time ?? null,
    executionStartMs: job.execution_start_time ?? null,
    executionEndMs: job.execution_end_time ?? null,
  }));

/** `GET /api/jobs`. */
export const jobPageSchema = z
  .object({ jobs: z.array(jobSchema), pagination: z.object({ total: z.number(), has_more: z.boolean() }) })
  .transform(({ jobs, pagination }) => ({ jobs, total: pagination.total, hasMore: pagination.has_more }));
