import { checkWhole, type ComfyClient } from './client.ts';
import { requestJsonOrNull } from './request-json.ts';
import { jobPageSchema, type Job } from './schema/job.ts';
import type { CallOptions } from './send-request.ts';

/** Options of {@link listJobs}. */
export interface ListJobsOptions extends CallOptions {
  /** Most jobs in the answer, 1 … 1000. */
  readonly limit: number;
  /** Jobs to pass over. @default 0 */
  readonly offset?: number | undefined;
  /** Only jobs in one of these states. @default all */
  readonly status?: readonly ('pending' | 'in_progress' | 'completed' | 'failed' | 'cancelled')[] | undefined;
  /** @default created_at */
  readonly sortBy?: 'created_at' | 'execution_duration' | undefined;
}

/** The newest jobs and how many there are. */
export interface JobPage {
  readonly jobs: readonly Job[];
  readonly total: number;
  readonly hasMore: boolean;
}

/** Jobs that wait, run or ended, newest first; null where the server has no jobs route (0.3.64). */
export async function listJobs(client: ComfyClient, options: ListJobsOptions): Promise<JobPage | null> {
  const query = new URLSearchParams({ limit: checkWhole('limit', options.limit, 1000).toString() });
  const { offset = 0, status, sortBy } = options;
  if (offset !== 0) query.set('offset', checkWhole('offset', offset, 2 ** 31 - 1).toString());
  if (status !== undefined) query.set('status', status.join(','));
  if (sortBy !== undefined) query.set('sort_by', sortBy);
  const path = `/api/jobs?${query.toString()}`;
  return requestJsonOrNull(client, jobPageSchema, { method: 'GET', path }, options);
}
