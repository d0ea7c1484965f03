import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { cancelRun, startLongRun } from '../model-run.ts';
import { submit } from '../prompt-run.ts';
import { queueForm } from '../protocol-forms.ts';

/** queue_remaining counts the running and the waiting prompts. */
export const queueLengthCountsWhatRunsAndWaits: ConformanceCheck = {
  id: 'queue-length-counts-what-runs-and-waits',
  area: 'queue',
  statement: 'queue_remaining counts the running and the waiting prompts',
  async run(context) {
    const socket = await context.openSocket();
    const running = await startLongRun(context, socket);
    await submit(context, shownPicture());
    const { exec_info: info } = (await context.ask('/prompt')).read(
      z.object({ exec_info: z.object({ queue_remaining: z.int() }) }),
    );
    const queue = (await context.ask('/queue')).read(queueForm);
    await cancelRun(context, socket, running);
    return compare(
      { remaining: queue.queue_running.length + queue.queue_pending.length, atLeastTwo: true },
      { remaining: info.queue_remaining, atLeastTwo: info.queue_remaining >= 2 },
    );
  },
};
