import { checkWhole, type ComfyClient } from './client.ts';
import { requestJson } from './request-json.ts';
import { historySchema, type HistoryEntry } from './schema/history.ts';
import type { CallOptions } from './send-request.ts';

/** Options of {@link listHistory}. */
export interface ListHistoryOptions extends CallOptions {
  /** Most entries in the answer, 1 … 10 000. */
  readonly maxItems: number;
  /** Entries to skip from the oldest on. @default the newest `maxItems` are given */
  readonly offset?: number | undefined;
}

/**
 * Prompt id → entry, oldest first. The wire form carries every graph in full: keep `maxItems` small.
 *
 * @throws ComfyClientError COMFY_OPTION_INVALID; COMFY_REPLY_TOO_LARGE
 */
export async function listHistory(
  client: ComfyClient,
  options: ListHistoryOptions,
): Promise<ReadonlyMap<string, HistoryEntry>> {
  const query = new URLSearchParams({ max_items: String(checkWhole('maxItems', options.maxItems, 10_000)) });
  const { offset } = options;
  if (offset !== undefined) query.set('offset', String(offset === 0 ? 0 : checkWhole('offset', offset, 10_000)));
  const path = `/history?${query.toString()}`;
  const history = await requestJson(client, historySchema, { method: 'GET', path }, options);
  return new Map(Object.entries(history));
}
