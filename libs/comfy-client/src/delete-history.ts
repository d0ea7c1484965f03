import type { ComfyClient } from './client.ts';
import { postAction } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/**
 * Makes the server forget these prompts; unknown ids are passed over without notice. There is no verb that clears the
 * whole history: it would also take what other people ran.
 */
export async function deleteHistory(
  client: ComfyClient,
  promptIds: readonly string[],
  options: CallOptions = {},
): Promise<void> {
  await postAction(client, '/history', { delete: promptIds }, options);
}
