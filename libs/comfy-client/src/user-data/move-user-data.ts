import type { ComfyClient } from '../client.ts';
import { sendAction } from '../request-json.ts';
import { encodeUserPath, userFileRoute } from './user-file.ts';
import type { UserDataWriteOptions } from './write-user-data.ts';

/**
 * Renames a file among the user's data.
 *
 * @throws ComfyClientError COMFY_HTTP_STATUS with `status` 404 if it is not there, 409 if the new name exists;
 * COMFY_OPTION_INVALID for a path that could leave the user's folder
 */
export async function moveUserData(
  client: ComfyClient,
  from: string,
  to: string,
  options: UserDataWriteOptions = {},
): Promise<void> {
  const path = `${userFileRoute(from)}/move/${encodeUserPath(to)}?overwrite=${String(options.overwrite ?? false)}`;
  await sendAction(client, { method: 'POST', path }, options);
}
