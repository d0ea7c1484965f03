import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { z } from 'zod';

import { openExchange, type Exchange } from './prompt-exchange.ts';
import { documents } from './server-documents.ts';
import type { ProtocolServerOptions, ServerState } from './server-state.ts';

const promptBody = z.strictObject({
  prompt: z.record(z.string(), z.object({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) })),
  prompt_id: z.string().optional(),
  client_id: z.string().optional(),
  extra_data: z.record(z.string(), z.unknown()).optional(),
});

const canonicalUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The options, and what only the listening server can do. */
export interface ServerBehaviour extends ProtocolServerOptions {
  readonly restart: Exchange['restart'];
}

/** Answers one request as ComfyUI would, unless the test's script takes it over. */
export async function answerRequest(
  state: ServerState,
  options: ServerBehaviour,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL((request.url ?? '/').replace(/^\/api\/(?!jobs)/, '/'), 'http://host');
  const route = `${request.method ?? ''} ${url.pathname}`;
  state.requests.push(route);
  if (options.intercept?.(request, response) === true) return;
  if (request.method !== 'POST') {
    answerGet(state, options, url, response);
    return;
  }
  const body = await readBody(request);
  if (request.headers['content-type'] !== 'application/json') state.violations.push(`${route}: no JSON type`);
  if (route === 'POST /prompt') await takePrompt(state, options, body, response);
  else if (route === 'POST /queue') deletePrompts(state, body, response);
  else if (route === 'POST /interrupt') interrupt(state, body, response);
  else text(response, 404, '404: Not Found', 'text/plain');
}

function answerGet(state: ServerState, options: ProtocolServerOptions, url: URL, response: ServerResponse): void {
  const historyId = /^\/history\/(.+)$/.exec(url.pathname)?.[1];
  const filename = url.searchParams.get('filename') ?? '';
  if (historyId !== undefined) {
    const entry = state.history.get(historyId);
    const body = entry === undefined ? '{}' : `{${JSON.stringify(historyId)}: ${entry}}`;
    text(response, 200, body, 'application/json');
  } else if (url.pathname === '/queue') {
    json(response, { queue_running: [...state.running.values()], queue_pending: [...state.pending.values()] });
  } else if (
    url.pathname === '/view' &&
    hasFile(state, filename) &&
    options.missingFiles?.includes(filename) !== true
  ) {
    response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([137, 80, 78, 71]));
  } else if (url.pathname === '/api/jobs' && options.rules038 === true) {
    json(response, { jobs: [], pagination: { offset: 0, limit: 1, total: 0, has_more: false } });
  } else if (Object.hasOwn(documents, url.pathname)) json(response, documents[url.pathname]);
  else if (url.pathname.startsWith('/object_info/')) json(response, {});
  else text(response, 404, '404: Not Found', 'text/plain');
}

/** A name with everything that needs escaping, and whatever a history entry names. */
function hasFile(state: ServerState, filename: string): boolean {
  const quoted = JSON.stringify(filename);
  return filename === 'pixel ü&#1?.png' || [...state.history.values()].some((entry) => entry.includes(quoted));
}

async function takePrompt(
  state: ServerState,
  options: ServerBehaviour,
  body: unknown,
  response: ServerResponse,
): Promise<void> {
  const parsed = promptBody.safeParse(body);
  if (!parsed.success) {
    state.violations.push(`POST /prompt: ${parsed.error.message}`);
    text(response, 500, '500 Internal Server Error', 'text/plain');
    return;
  }
  const { prompt, client_id: clientId } = parsed.data;
  const promptId = parsed.data.prompt_id ?? randomUUID();
  if (parsed.data.prompt_id === undefined && options.givesIds !== true) state.violations.push('no id of its own');
  if (options.rules038 === true && !canonicalUuid.test(promptId)) {
    text(response, 400, '{"error": {"type": "invalid_prompt_id", "message": "no UUID"}}', 'application/json');
    return;
  }
  if (state.exchanges.some((exchange) => exchange.promptId === promptId))
    state.violations.push(`${promptId} sent twice`);
  if (clientId !== undefined && !state.subscribers.has(clientId) && options.refuseSockets !== true) {
    state.violations.push('submitted before subscribing');
  }
  const exchange = openExchange(state, {
    promptId,
    clientId: clientId ?? '',
    graph: prompt,
    response,
    body,
    restart: options.restart,
  });
  state.exchanges.push(exchange);
  await options.onPrompt?.(exchange);
}

function deletePrompts(state: ServerState, body: unknown, response: ServerResponse): void {
  const parsed = z.strictObject({ delete: z.array(z.string()) }).safeParse(body);
  if (!parsed.success) state.violations.push('POST /queue without a list of ids');
  for (const id of parsed.data?.delete ?? []) {
    state.deleted.push(id);
    state.pending.delete(id);
  }
  text(response, 200, '', 'application/octet-stream');
}

function interrupt(state: ServerState, body: unknown, response: ServerResponse): void {
  const parsed = z.strictObject({ prompt_id: z.string() }).safeParse(body);
  if (!parsed.success) state.violations.push('POST /interrupt without a prompt id stops other people');
  else state.interrupted.push(parsed.data.prompt_id);
  text(response, 200, '', 'application/octet-stream');
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function json(response: ServerResponse, value: unknown): void {
  text(response, 200, JSON.stringify(value), 'application/json; charset=utf-8');
}

function text(response: ServerResponse, status: number, body: string, contentType: string): void {
  response.writeHead(status, { 'content-type': contentType }).end(body);
}
