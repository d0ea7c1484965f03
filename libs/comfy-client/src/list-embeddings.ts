import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { requestJson } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/** Names of the textual inversion embeddings of the server, without file endings. */
export async function listEmbeddings(client: ComfyClient, options: CallOptions = {}): Promise<readonly string[]> {
  return requestJson(client, z.array(z.string()), { method: 'GET', path: '/embeddings' }, options);
}
