import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { readForm } from '../http-exchange.ts';

const statusForm = z.object({
  type: z.string(),
  data: z.object({ sid: z.string(), status: z.object({ exec_info: z.object({ queue_remaining: z.int() }) }) }),
});

/** The first message of a connection is status with the client's id and the length of the queue. */
export const firstMessageIsStatusWithSid: ConformanceCheck = {
  id: 'first-message-is-status-with-sid',
  area: 'events',
  statement: "The first message of a connection is status with the client's id and the length of the queue",
  async run(context) {
    const clientId = randomUUID();
    const socket = await context.connect(`/ws?clientId=${clientId}`);
    await socket.untilHeard('a first message', () => socket.events.length > 0);
    const first = readForm(statusForm, socket.events[0], 'status with sid and queue_remaining');
    return compare({ type: 'status', sid: clientId }, { type: first.type, sid: first.data.sid });
  },
};
