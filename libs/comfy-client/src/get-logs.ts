import { z } from 'zod';

import type { ComfyClient } from './client.ts';
import { plainText } from './plain-text.ts';
import { requestJson } from './request-json.ts';
import type { CallOptions } from './send-request.ts';

/** A piece of the server's output. */
export interface LogEntry {
  /** Server clock, ISO 8601 without a zone. */
  readonly time: string;
  /** One line of printable text, at most 2000 characters. */
  readonly text: string;
}

const logsSchema = z
  .object({ entries: z.array(z.object({ t: z.string(), m: z.string() })) })
  .transform(({ entries }) =>
    entries.map(({ t, m }): LogEntry => ({ time: plainText(t, 40), text: plainText(m, 2000) })),
  );

/** The last output of the server. ComfyUI calls the route internal; it is the only remote view of loader warnings. */
export async function getLogs(client: ComfyClient, options: CallOptions = {}): Promise<readonly LogEntry[]> {
  return requestJson(client, logsSchema, { method: 'GET', path: '/internal/logs/raw' }, options);
}
