import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { requestJson } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/**
 * Ends a job that waits or runs, in one step on the server; true when there was something to end.
 *
 * @throws ComfyClientError COMFY_HTTP_STATUS with `status` 400 for a malformed id, 404 or 405 without a jobs route
 */
export async function cancelJob(client: ComfyClient, id: string, options: CallOptions = {}): Promise<boolean> {
  const path = `/api/jobs/${encodeURIComponent(id)}/cancel`;
  const schema = z.object({ cancelled: z.boolean() });
  return (await requestJson(client, schema, { method: 'POST', path, body: '{}' }, options)).cancelled;
}
