import type { ComfyClient } from './client.ts';
import { postAction } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/** Takes waiting prompts out of the queue. Ids that run, ended or never existed are passed over without notice. */
export async function deleteFromQueue(
  client: ComfyClient,
  promptIds: readonly string[],
  options: CallOptions = {},
): Promise<void> {
  await postAction(client, '/queue', { delete: promptIds }, options);
}
