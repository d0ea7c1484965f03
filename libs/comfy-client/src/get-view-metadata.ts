import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { requestJsonOrNull } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

const metadataSchema = z.record(z.string(), z.unknown());

/** The `__metadata__` of a safetensors file in a model folder; null where the file or its metadata is missing. */
export async function getViewMetadata(
  client: ComfyClient,
  folder: string,
  filename: string,
  options: CallOptions = {},
): Promise<Readonly<Record<string, unknown>> | null> {
  const query = new URLSearchParams({ filename });
  const path = `/view_metadata/${encodeURIComponent(folder)}?${query.toString()}`;
  return requestJsonOrNull(client, metadataSchema, { method: 'GET', path }, options);
}
