import { z } from 'zod';
import type { JsonValue } from '../../json/json-value.ts';
import { empty, json, type Reply, text } from '../reply.ts';
import type { ServerContext } from '../server-context.ts';

const subscriptionSchema = z.looseObject({ clientId: z.string().max(256), enabled: z.boolean() });
/** There is no terminal; this is what ComfyUI says without one. */
const size = { cols: 80, rows: 24 };

/** `GET /internal/logs`: the latest lines as one text. */
export function getLogs({ log }: ServerContext): Reply {
  return json(log.entries.map(({ t, m }) => `${t} - ${m}`).join(''));
}

/** `GET /internal/logs/raw`: the latest lines, one by one. */
export function getRawLogs({ log }: ServerContext): Reply {
  return json({ entries: log.entries.map(({ t, m }) => ({ t, m })), size });
}

/** `PATCH /internal/logs/subscribe`: `logs` events for a connected client, or no more of them. */
export function patchLogSubscription({ subscriptions }: ServerContext, body: JsonValue): Reply {
  const request = subscriptionSchema.safeParse(body);
  if (!request.success) return text(400, 'expected {"clientId": "…", "enabled": true}');
  subscriptions.set(request.data.clientId, request.data.enabled);
  return empty();
}
