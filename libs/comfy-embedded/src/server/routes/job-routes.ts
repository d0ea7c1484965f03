import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../json/json-value.ts';
import { type Job, unfinishedJob } from '../job.ts';
import { json, type Reply } from '../reply.ts';
import type { ServerContext } from '../server-context.ts';

// Known from documents of later releases; never compared with a server that has it.

const maxPage = 1000;
const statuses = ['pending', 'in_progress', 'completed', 'failed', 'cancelled'] as const;
const whole = (fallback: number, least: number): z.ZodType<number> =>
  z.coerce.number().int().min(least).max(1e9).default(fallback);
const listSchema = z.object({
  status: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(statuses)))
    .default([...statuses]),
  sort_by: z.enum(['created_at', 'execution_duration']).default('created_at'),
  sort_order: z.enum(['asc', 'desc']).default('desc'),
  limit: whole(maxPage, 1),
  offset: whole(0, 0),
});
/** An id in the one form that later releases take: a UUID in lower case. */
export const canonicalId = z.string().regex(/^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/, 'not a lower-case UUID');
const cancelSchema = z.looseObject({ job_ids: z.array(canonicalId).min(1).max(maxPage) });

function refuse(error: z.ZodError): Reply {
  return json({ error: error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ') }, 400);
}

function jobJson(job: Job): JsonObject {
  return { ...job };
}

function allJobs({ queue, history }: ServerContext): readonly Job[] {
  const running = queue.running === undefined ? [] : [unfinishedJob(queue.running, queue.runningSince)];
  return [...history.jobs, ...running, ...queue.pending.map((prompt) => unfinishedJob(prompt, null))];
}

function sortKey(job: Job, by: 'created_at' | 'execution_duration'): number {
  if (by === 'created_at') return job.create_time;
  return (job.execution_end_time ?? 0) - (job.execution_start_time ?? 0);
}

/** `GET /api/jobs`: what waits, runs and has ended, filtered, sorted and paged. */
export function getJobs(context: ServerContext, query: URLSearchParams): Reply {
  const request = listSchema.safeParse(Object.fromEntries(query));
  if (!request.success) return refuse(request.error);
  const { status, sort_by: by, sort_order: order, limit, offset } = request.data;
  const jobs = allJobs(context)
    .filter((job) => status.includes(job.status))
    .toSorted((left, right) => (sortKey(left, by) - sortKey(right, by)) * (order === 'asc' ? 1 : -1));
  const page = jobs.slice(offset, offset + Math.min(limit, maxPage));
  const total = jobs.length;
  const pagination = { offset, limit, total, has_more: offset + page.length < total };
  return json({ jobs: page.map(jobJson), pagination });
}

/** `GET /api/jobs/{id}`; 404 for an unknown one. */
export function getJob(context: ServerContext, id: string): Reply {
  const job = allJobs(context).find((candidate) => candidate.id === id);
  return job === undefined ? json({ error: 'Job not found' }, 404) : json(jobJson(job));
}

function cancel({ queue, worker }: ServerContext, ids: readonly string[]): boolean {
  let cancelled = false;
  for (const id of ids) if (worker.interrupt(id)) cancelled = true;
  const waiting = queue.pending.length;
  queue.remove(({ promptId }) => ids.includes(promptId));
  return cancelled || queue.pending.length < waiting;
}

/** `POST /api/jobs/{id}/cancel`: ends a job that waits or runs; done twice, the second time tells `false`. */
export function postJobCancel(context: ServerContext, id: string): Reply {
  const reading = canonicalId.safeParse(id);
  return reading.success ? json({ cancelled: cancel(context, [id]) }) : refuse(reading.error);
}

/** `POST /api/jobs/cancel`: the same for several. */
export function postJobsCancel(context: ServerContext, body: JsonValue): Reply {
  const request = cancelSchema.safeParse(body);
  return request.success ? json({ cancelled: cancel(context, request.data.job_ids) }) : refuse(request.error);
}
