import type { ComfyClient } from './client.ts';
import { sendAction } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/**
 * Whether the server sends its log lines to the event socket of `clientId`, as `logs` messages. ComfyUI calls the
 * route internal.
 */
export async function subscribeLogs(
  client: ComfyClient,
  clientId: string,
  enabled: boolean,
  options: CallOptions = {},
): Promise<void> {
  const body = JSON.stringify({ clientId, enabled });
  await sendAction(client, { method: 'PATCH', path: '/internal/logs/subscribe', body }, options);
}
