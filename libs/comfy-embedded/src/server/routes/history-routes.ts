import type { JsonValue } from '../../json/json-value.ts';
import { empty, json, type Reply, text } from '../reply.ts';
import type { ServerContext } from '../server-context.ts';
import { actionSchema } from './queue-routes.ts';

function* listEntries(entries: readonly (readonly [string, string])[]): Generator<string> {
  yield '{';
  for (const [index, [id, entry]] of entries.entries()) yield `${index === 0 ? '' : ','}${JSON.stringify(id)}:${entry}`;
  yield '}';
}

/** `GET /history/{id}`: one finished prompt; `{}` while it waits or runs and if it is unknown. */
export function getHistoryEntry({ history }: ServerContext, promptId: string): Reply {
  const entry = history.get(promptId);
  return entry === undefined ? json({}) : { kind: 'pieces', pieces: listEntries([[promptId, entry]]) };
}

/** `GET /history`: finished prompts in order, `max_items` of them from `offset` on. */
export function getHistory({ history }: ServerContext, query: URLSearchParams): Reply {
  const numbers = ['max_items', 'offset'].map((name) => query.get(name));
  if (numbers.some((value) => value !== null && !/^-?\d{1,9}$/.test(value))) {
    return text(400, 'max_items and offset must be integers');
  }
  const [maxItems, offset] = numbers.map((value) => (value === null ? undefined : Number(value)));
  return {
    kind: 'pieces',
    pieces: listEntries(history.page(maxItems === undefined ? undefined : Math.max(0, maxItems), offset)),
  };
}

/** `POST /history`: forgets finished prompts, all or by id. */
export function postHistory({ history }: ServerContext, body: JsonValue): Reply {
  const action = actionSchema.safeParse(body);
  if (!action.success) return text(400, 'expected {"clear": true} or {"delete": [prompt id, …]}');
  if (action.data.clear === true) history.clear();
  for (const id of action.data.delete ?? []) history.delete(id);
  return empty();
}
