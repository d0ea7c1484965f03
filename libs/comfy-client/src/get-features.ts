import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { requestJsonOrNull } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/** What the server says it can do. */
export interface ServerFeatures {
  readonly supportsPreviewMetadata: boolean;
  /** Largest request body, bytes; null where the server does not say. */
  readonly maxUploadBytes: number | null;
}

const featuresSchema = z
  .object({ supports_preview_metadata: z.boolean().nullish(), max_upload_size: z.number().positive().nullish() })
  .transform((features): ServerFeatures => ({
    supportsPreviewMetadata: features.supports_preview_metadata ?? false,
    maxUploadBytes: features.max_upload_size ?? null,
  }));

/** The feature flags of the server; null where it has no such route. */
export async function getFeatures(client: ComfyClient, options: CallOptions = {}): Promise<ServerFeatures | null> {
  return requestJsonOrNull(client, featuresSchema, { method: 'GET', path: '/features' }, options);
}
