import type { ComfyClient } from './client.ts';
import { requestJson } from './request-json.ts';
import { systemStatsSchema, type SystemStats } from './schema/system-stats.ts';
import type { CallOptions } from './send-request.ts';

/** Version, host and devices of the server: the cheapest question whether a ComfyUI answers at an address. */
export async function getSystemStats(client: ComfyClient, options: CallOptions = {}): Promise<SystemStats> {
  return requestJson(client, systemStatsSchema, { method: 'GET', path: '/system_stats' }, options);
}
