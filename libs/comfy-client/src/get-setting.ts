import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { requestJson } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/** One of the user's settings; null if it was never changed. */
export async function getSetting(client: ComfyClient, id: string, options: CallOptions = {}): Promise<unknown> {
  return requestJson(client, z.unknown(), { method: 'GET', path: `/settings/${encodeURIComponent(id)}` }, options);
}
