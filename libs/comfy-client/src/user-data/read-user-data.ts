import type { ComfyClient } from '../client.ts';
import { expectOk } from '../read-reply.ts';
import { sendRequest, type CallOptions, type RequestDescription } from '../send-request.ts';
import { userFileRoute } from './user-file.ts';

/**
 * The bytes of a file among the user's data; null if there is none.
 *
 * @throws ComfyClientError COMFY_OPTION_INVALID for a path that could leave the user's folder; COMFY_REPLY_TOO_LARGE
 */
export async function readUserData(
  client: ComfyClient,
  path: string,
  options: CallOptions = {},
): Promise<Uint8Array | null> {
  const request: RequestDescription = { method: 'GET', path: userFileRoute(path) };
  const reply = await sendRequest(client, request, options);
  return reply.status === 404 ? null : expectOk(reply, request).bytes;
}
