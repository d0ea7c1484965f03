import type { ComfyClient } from './client.ts';
import { getFeatures } from './get-features.ts';
import { getSystemStats } from './get-system-stats.ts';
import { listJobs } from './list-jobs.ts';
import type { CallOptions } from './send-request.ts';

/** What a server can do, found by asking it. */
export interface ServerCapabilities {
  /** For messages and records only; nothing is decided by it. */
  readonly version: string;
  readonly jobsApi: boolean;
  readonly previewMetadata: boolean;
  /** Largest request body, bytes; null where the server does not say. */
  readonly maxUploadBytes: number | null;
}

/** Asks `/system_stats`, `/features` and `/api/jobs`, one after the other. Changes nothing on the server. */
export async function probeCapabilities(client: ComfyClient, options: CallOptions = {}): Promise<ServerCapabilities> {
  const stats = await getSystemStats(client, options);
  const features = await getFeatures(client, options);
  const jobs = await listJobs(client, { ...options, limit: 1 });
  return {
    version: stats.comfyuiVersion,
    jobsApi: jobs !== null,
    previewMetadata: features?.supportsPreviewMetadata ?? false,
    maxUploadBytes: features?.maxUploadBytes ?? null,
  };
}
