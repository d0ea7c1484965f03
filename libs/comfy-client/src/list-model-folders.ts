import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { requestJson } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/** Names of the model folders that `listModels` takes. */
export async function listModelFolders(client: ComfyClient, options: CallOptions = {}): Promise<readonly string[]> {
  return requestJson(client, z.array(z.string()), { method: 'GET', path: '/models' }, options);
}
