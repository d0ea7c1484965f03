import type { ComfyClient } from './client.ts';
import { requestJson } from './request-json.ts';
import { queueSchema, type QueueState } from './schema/queue.ts';
import type { CallOptions } from './send-request.ts';

/** The prompts that run and wait, without their graphs. The wire form carries every graph in full: do not poll it fast. */
export async function getQueue(client: ComfyClient, options: CallOptions = {}): Promise<QueueState> {
  return requestJson(client, queueSchema, { method: 'GET', path: '/queue' }, options);
}
