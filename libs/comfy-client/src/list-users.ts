import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { requestJson } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

const usersSchema = z
  .object({ users: z.record(z.string(), z.string()).nullish() })
  .transform(({ users }) => (users === null || users === undefined ? null : new Map(Object.entries(users))));

/** User id → name; null where the server knows one user only, its default. */
export async function listUsers(
  client: ComfyClient,
  options: CallOptions = {},
): Promise<ReadonlyMap<string, string> | null> {
  return requestJson(client, usersSchema, { method: 'GET', path: '/users' }, options);
}
