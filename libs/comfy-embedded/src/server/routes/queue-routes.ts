import { z } from 'zod';
import { queueInfo, type ServerContext } from '../server-context.ts';
import { empty, json, type Reply, text } from '../reply.ts';
import type { JsonValue } from '../../json/json-value.ts';

/** What `POST /queue` and `POST /history` take. */
export const actionSchema = z.looseObject({ clear: z.boolean().optional(), delete: z.array(z.string()).optional() });

function* listItems(running: readonly string[], pending: readonly string[]): Generator<string> {
  yield '{"queue_running":[';
  yield* separated(running);
  yield '],"queue_pending":[';
  yield* separated(pending);
  yield ']}';
}

function* separated(items: readonly string[]): Generator<string> {
  for (const [index, item] of items.entries()) yield index === 0 ? item : `,${item}`;
}

/** `GET /prompt`: how much waits or runs. */
export function getQueueInfo({ queue }: ServerContext): Reply {
  return json(queueInfo(queue));
}

/** `GET /queue`: the running and the waiting prompts in full. */
export function getQueue({ queue }: ServerContext): Reply {
  const running = queue.running === undefined ? [] : [queue.running.item];
  return {
    kind: 'pieces',
    pieces: listItems(
      running,
      queue.pending.map(({ item }) => item),
    ),
  };
}

/** `POST /queue`: removes waiting prompts, all or by id. */
export function postQueue({ queue }: ServerContext, body: JsonValue): Reply {
  const action = actionSchema.safeParse(body);
  if (!action.success) return text(400, 'expected {"clear": true} or {"delete": [prompt id, …]}');
  if (action.data.clear === true) queue.remove(() => true);
  const ids = new Set(action.data.delete ?? []);
  if (ids.size > 0) queue.remove(({ promptId }) => ids.has(promptId));
  return empty();
}
