import { checkWhole, type ComfyClient } from './client.ts';
import { requestJsonOrNull } from './request-json.ts';
import { jobPageSchema, type Job } from './schema/job.ts';
import type { CallOptions } from './send-request.ts';

/** Options of {@link listJobs}. */
export interface ListJobsOptions extends CallOptions {
  /** Most jobs in the answer, 1 … 1000. */
  readonly limit: number;
}

/** The newest jobs and how many there are. */
export interface JobPage {
  readonly jobs: readonly Job[];
  readonly total: number;
  readonly hasMore: boolean;
}

/** Jobs that wait, run or ended, newest first; null where the server has no jobs route (0.3.64). */
export async function listJobs(client: ComfyClient, options: ListJobsOptions): Promise<JobPage | null> {
  const path = `/api/jobs?limit=${checkWhole('limit', options.limit, 1000)}`;
  return requestJsonOrNull(client, jobPageSchema, { method: 'GET', path }, options);
}
