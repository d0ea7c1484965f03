import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { requestJson } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/** What the user changed in the settings of ComfyUI's page, by id. Values are the page's business. */
export async function getSettings(
  client: ComfyClient,
  options: CallOptions = {},
): Promise<Readonly<Record<string, unknown>>> {
  return requestJson(client, z.record(z.string(), z.unknown()), { method: 'GET', path: '/settings' }, options);
}
