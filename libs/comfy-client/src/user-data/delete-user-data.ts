import type { ComfyClient } from '../client.ts';
import { sendAction } from '../request-json.ts';
import type { CallOptions } from '../send-request.ts';
import { userFileRoute } from './user-file.ts';

/**
 * Deletes a file among the user's data.
 *
 * @throws ComfyClientError COMFY_HTTP_STATUS with `status` 404 if it is not there; COMFY_OPTION_INVALID for a path that
 * could leave the user's folder
 */
export async function deleteUserData(client: ComfyClient, path: string, options: CallOptions = {}): Promise<void> {
  await sendAction(client, { method: 'DELETE', path: userFileRoute(path) }, options);
}
