import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { requestJson } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/**
 * Makes a user and gives its id. Only a server that was started for several users has such.
 *
 * @throws ComfyClientError COMFY_HTTP_STATUS with `status` 400 for a name that is taken or empty
 */
export async function createUser(client: ComfyClient, name: string, options: CallOptions = {}): Promise<string> {
  const body = JSON.stringify({ username: name });
  return requestJson(client, z.string().min(1), { method: 'POST', path: '/users', body }, options);
}
