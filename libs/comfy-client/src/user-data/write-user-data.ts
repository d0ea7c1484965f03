import type { ComfyClient } from '../client.ts';
import { sendAction } from '../request-json.ts';
import type { CallOptions } from '../send-request.ts';
import { userFileRoute } from './user-file.ts';

/** Options of writing among a user's data. */
export interface UserDataWriteOptions extends CallOptions {
  /** Replace what is there; else the server answers 409. @default false */
  readonly overwrite?: boolean | undefined;
}

/**
 * Stores a file among the user's data.
 *
 * @throws ComfyClientError COMFY_HTTP_STATUS with `status` 409 if it exists; COMFY_OPTION_INVALID for a path that could
 * leave the user's folder
 */
export async function writeUserData(
  client: ComfyClient,
  path: string,
  bytes: Uint8Array,
  options: UserDataWriteOptions = {},
): Promise<void> {
  const route = `${userFileRoute(path)}?overwrite=${String(options.overwrite ?? false)}`;
  const contentType = 'application/octet-stream';
  await sendAction(client, { method: 'POST', path: route, body: bytes, contentType }, options);
}
