import type { JobResult, SucceededJob } from '@dgx-pixels/comfy-client';

/** How a run ended that brought nothing, in one line. */
export function describeEnd(job: Exclude<JobResult, SucceededJob>): string {
  if (job.status === 'timed-out') return `no end within ${job.timeoutMs} ms`;
  if (job.status === 'interrupted') return 'somebody interrupted the prompt';
  return `${job.status}: ${job.message}`.slice(0, 2000);
}
