import type { ComfyClient } from './client.ts';
import { requestJsonOrNull } from './request-json.ts';
import { jobSchema, type Job } from './schema/job.ts';
import type { CallOptions } from './send-request.ts';

/** One job; null where the server does not know it, or has no jobs route: `listJobs` tells these apart. */
export async function getJob(client: ComfyClient, id: string, options: CallOptions = {}): Promise<Job | null> {
  return requestJsonOrNull(client, jobSchema, { method: 'GET', path: `/api/jobs/${encodeURIComponent(id)}` }, options);
}
