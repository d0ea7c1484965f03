import type { ComfyClient } from './client.ts';
import { requestJson } from './request-json.ts';
import { historySchema, type HistoryEntry } from './schema/history.ts';
import type { CallOptions } from './send-request.ts';

/**
 * What the server remembers of one prompt: null while it waits or runs, and for ids the server never saw; the protocol
 * does not tell these apart.
 */
export async function getHistory(
  client: ComfyClient,
  promptId: string,
  options: CallOptions = {},
): Promise<HistoryEntry | null> {
  const path = `/history/${encodeURIComponent(promptId)}`;
  const history = await requestJson(client, historySchema, { method: 'GET', path }, options);
  return Object.hasOwn(history, promptId) ? (history[promptId] ?? null) : null;
}
