import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { requestJson } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

const promptStateSchema = z
  .object({ exec_info: z.object({ queue_remaining: z.number().int().nonnegative() }) })
  .transform((state) => state.exec_info.queue_remaining);

/** How many prompts run or wait, without the graphs that make `getQueue` large. */
export async function getQueueRemaining(client: ComfyClient, options: CallOptions = {}): Promise<number> {
  return requestJson(client, promptStateSchema, { method: 'GET', path: '/prompt' }, options);
}
