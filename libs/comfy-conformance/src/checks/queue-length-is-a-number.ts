import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** GET /prompt tells how many prompts wait or run. */
export const queueLengthIsANumber: ConformanceCheck = {
  id: 'queue-length-is-a-number',
  area: 'routes',
  statement: 'GET /prompt tells how many prompts wait or run',
  async run(context) {
    const reply = await context.ask('/prompt');
    const { exec_info: info } = reply.read(
      z.object({ exec_info: z.object({ queue_remaining: z.int().nonnegative() }) }),
    );
    return compare(
      { status: 200, isNumber: true },
      { status: reply.status, isNumber: Number.isSafeInteger(info.queue_remaining) },
    );
  },
};
