import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { runToSuccess } from '../prompt-run.ts';

const statusForm = z.object({ status: z.object({ exec_info: z.object({ queue_remaining: z.int().nonnegative() }) }) });

/** Every client is told of the queue's length when a prompt comes and when it ends. */
export const queueLengthIsToldToAll: ConformanceCheck = {
  id: 'queue-length-is-told-to-all',
  area: 'events',
  statement: "Every client is told of the queue's length when a prompt comes and when it ends",
  async run(context) {
    const stranger = await context.openSocket();
    await runToSuccess(context, shownPicture());
    await stranger.untilHeard(
      'two more status events',
      () => stranger.events.filter(({ type }) => type === 'status').length > 2,
    );
    const lengths = stranger.events.map((event) => statusForm.safeParse(event.data)).map((reading) => reading.success);
    return compare(
      [],
      lengths.filter((isSound) => !isSound),
    );
  },
};
