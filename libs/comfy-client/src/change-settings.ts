import type { ComfyClient } from './client.ts';
import { postAction } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/** Changes these settings of the user and leaves the others. */
export async function changeSettings(
  client: ComfyClient,
  settings: Readonly<Record<string, unknown>>,
  options: CallOptions = {},
): Promise<void> {
  await postAction(client, '/settings', settings, options);
}
