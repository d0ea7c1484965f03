import type { ComfyClient } from '../client.ts';
import { requestJsonOrNull } from '../request-json.ts';
import type { CallOptions } from '../send-request.ts';
import { encodeUserPath, userDataSchema, type UserDataEntry } from './user-file.ts';

/**
 * Everything below one folder of the user's data, folders first; null if there is no such folder.
 *
 * @param folder - relative to the user's folder; empty for all of it
 * @throws ComfyClientError COMFY_OPTION_INVALID for a path that could leave the user's folder
 */
export async function listUserData(
  client: ComfyClient,
  folder = '',
  options: CallOptions = {},
): Promise<readonly UserDataEntry[] | null> {
  // The server decodes the parameter once more than others do.
  const query = folder === '' ? '' : `?path=${encodeURIComponent(encodeUserPath(folder))}`;
  return requestJsonOrNull(client, userDataSchema, { method: 'GET', path: `/v2/userdata${query}` }, options);
}
