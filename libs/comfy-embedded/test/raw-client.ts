import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';

const eventSchema = z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) });
const acceptedSchema = z.object({
  prompt_id: z.string(),
  number: z.number(),
  node_errors: z.record(z.string(), z.unknown()),
});

/** A text event of the server. */
export type ServerEvent = z.output<typeof eventSchema>;

/** A WebSocket client that writes down every event. */
export interface EventLog {
  readonly socket: WebSocket;
  readonly events: readonly ServerEvent[];
  /** Resolves with the first event, past or future, that matches. */
  until(matches: (event: ServerEvent) => boolean): Promise<ServerEvent>;
}

/** Connects to `/ws` and waits for the first `status`. */
export async function openEventLog(url: string, clientId: string): Promise<EventLog> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws?clientId=${encodeURIComponent(clientId)}`);
  onTestFinished(() => socket.terminate());
  const events: ServerEvent[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) return;
    events.push(eventSchema.parse(JSON.parse(data.toString('utf8'))));
    for (const check of waiting) check();
  });
  const until = (matches: (event: ServerEvent) => boolean): Promise<ServerEvent> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        const event = events.find(matches);
        if (event === undefined) return;
        waiting.delete(check);
        clearTimeout(limit);
        resolve(event);
      };
      const limit = setTimeout(() => {
        waiting.delete(check);
        reject(new Error(`no such event among ${events.map(({ type }) => type).join(', ')}`));
      }, 20_000);
      waiting.add(check);
      check();
    });
  await until(({ type }) => type === 'status');
  return { socket, events, until };
}

/** Whether an event is the last one of a prompt. */
export function isEnd(promptId: string): (event: ServerEvent) => boolean {
  return ({ type, data }) => type === 'executing' && data['node'] === null && data['prompt_id'] === promptId;
}

/** Sends JSON (or a text as it is) and returns status and body. */
export async function post(url: string, body: unknown): Promise<{ status: number; text: string; json: unknown }> {
  const response = await fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
  const text = await response.text();
  return {
    status: response.status,
    text,
    json: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : null,
  };
}

/** Fetches JSON. */
export async function getJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  return response.json();
}

/** Queues a graph and returns the id that the server gave. */
export async function submit(url: string, prompt: unknown, extra: Record<string, unknown> = {}): Promise<string> {
  const answer = await post(`${url}/prompt`, { prompt, ...extra });
  if (answer.status !== 200) throw new Error(`status ${answer.status}: ${answer.text}`);
  return acceptedSchema.parse(answer.json).prompt_id;
}

const historyEntrySchema = z.object({
  prompt: z.tuple([
    z.number(),
    z.string(),
    z.record(z.string(), z.unknown()),
    z.record(z.string(), z.unknown()),
    z.array(z.string()),
  ]),
  outputs: z.record(
    z.string(),
    z.object({ images: z.array(z.object({ filename: z.string(), subfolder: z.string(), type: z.string() })) }),
  ),
  status: z.object({
    status_str: z.string(),
    completed: z.boolean(),
    messages: z.array(z.tuple([z.string(), z.record(z.string(), z.unknown())])),
  }),
  meta: z.record(z.string(), z.unknown()),
});

/** One entry of history. */
export type HistoryEntry = z.output<typeof historyEntrySchema>;

/** Reads a history entry; undefined while there is none. */
export async function readHistory(url: string, promptId: string): Promise<HistoryEntry | undefined> {
  const all = z.record(z.string(), historyEntrySchema).parse(await getJson(`${url}/history/${promptId}`));
  return all[promptId];
}

/** Polls history until the prompt has ended. */
export async function waitForHistory(url: string, promptId: string): Promise<HistoryEntry> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const entry = await readHistory(url, promptId);
    if (entry !== undefined) return entry;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`prompt ${promptId} did not end`);
}
