import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { requestJson } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

const namesSchema = z.array(z.string());

/**
 * Names of the models in one folder of the server (`checkpoints`, `loras`, `vae` …), relative to it.
 *
 * @throws ComfyClientError COMFY_HTTP_STATUS with `status` 404 for a folder the server does not know.
 */
export async function listModels(
  client: ComfyClient,
  folder: string,
  options: CallOptions = {},
): Promise<readonly string[]> {
  return requestJson(client, namesSchema, { method: 'GET', path: `/models/${encodeURIComponent(folder)}` }, options);
}
