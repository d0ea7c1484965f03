import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';

import { openExchange, type Exchange } from './prompt-exchange.ts';

/** What the server keeps between requests, open to the scripts and the assertions of a test. */
export interface ServerState {
  readonly sockets: Map<string, WebSocket>;
  readonly running: Map<string, unknown[]>;
  readonly pending: Map<string, unknown[]>;
  /** Prompt id → entry as JSON text, so that a script can plant what no JSON library would write. */
  readonly history: Map<string, string>;
  /** `METHOD path` of every request, in order. */
  readonly requests: string[];
  /** Breaches of the protocol by the client. A test ends with none. */
  readonly violations: string[];
  readonly exchanges: Exchange[];
  readonly interrupted: string[];
  readonly deleted: string[];
  /** What clients said first on their sockets. */
  readonly firstMessages: string[];
}

export interface ProtocolServer extends ServerState {
  readonly url: string;
  close(): Promise<void>;
}

export interface ProtocolServerOptions {
  /** Plays the server's part for each submitted prompt. */
  readonly onPrompt?: (exchange: Exchange) => Promise<void> | void;
  /** Answers a request instead of the server; false leaves it to the server. */
  readonly intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Refuses the WebSocket upgrade. */
  readonly refuseSockets?: boolean;
}

const promptBody = z.strictObject({
  prompt: z.record(z.string(), z.object({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) })),
  prompt_id: z.uuid(),
  client_id: z.string().optional(),
  extra_data: z.record(z.string(), z.unknown()).optional(),
});

/** ComfyUI registers a socket some time after the handshake; whoever submits in between misses events. */
const registrationMs = 20;

/** A ComfyUI at the level of its wire protocol: real sockets, scripted answers, and a list of every breach it saw. */
export async function startProtocolServer(options: ProtocolServerOptions = {}): Promise<ProtocolServer> {
  const state: ServerState = {
    sockets: new Map(),
    running: new Map(),
    pending: new Map(),
    history: new Map(),
    requests: [],
    violations: [],
    exchanges: [],
    interrupted: [],
    deleted: [],
    firstMessages: [],
  };
  const server = http.createServer((request, response) => {
    void answer(state, options, request, response);
  });
  const socketServer = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const address = new URL(request.url ?? '/', 'http://host');
    const clientId = address.searchParams.get('clientId');
    if (options.refuseSockets === true || address.pathname !== '/ws' || clientId === null) {
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    socketServer.handleUpgrade(request, socket, head, (webSocket) => {
      if (state.sockets.has(clientId)) state.violations.push(`second socket for client ${clientId}`);
      webSocket.on('close', () => state.sockets.delete(clientId));
      webSocket.once('message', (data: Buffer) => state.firstMessages.push(data.toString('utf8')));
      setTimeout(() => register(clientId, webSocket), registrationMs);
    });
  });
  const register = (clientId: string, webSocket: WebSocket): void => {
    if (webSocket.readyState !== webSocket.OPEN) return;
    state.sockets.set(clientId, webSocket);
    const status = { status: { exec_info: { queue_remaining: state.running.size } }, sid: clientId };
    webSocket.send(JSON.stringify({ type: 'status', data: status }));
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...state,
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of state.sockets.values()) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  state: ServerState,
  options: ProtocolServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://host');
  const route = `${request.method ?? ''} ${url.pathname}`;
  state.requests.push(route);
  if (options.intercept?.(request, response) === true) return;
  if (request.method !== 'POST') {
    answerGet(state, url, response);
    return;
  }
  const body = await readBody(request);
  if (request.headers['content-type'] !== 'application/json') state.violations.push(`${route}: no JSON type`);
  if (route === 'POST /prompt') await takePrompt(state, options, body, response);
  else if (route === 'POST /queue') deletePrompts(state, body, response);
  else if (route === 'POST /interrupt') interrupt(state, body, response);
  else text(response, 404, '404: Not Found', 'text/plain');
}

function answerGet(state: ServerState, url: URL, response: ServerResponse): void {
  const historyId = /^\/history\/(.+)$/.exec(url.pathname)?.[1];
  const filename = url.searchParams.get('filename') ?? '';
  if (historyId !== undefined) {
    const entry = state.history.get(historyId);
    const body = entry === undefined ? '{}' : `{${JSON.stringify(historyId)}: ${entry}}`;
    text(response, 200, body, 'application/json');
  } else if (url.pathname === '/queue') {
    json(response, { queue_running: [...state.running.values()], queue_pending: [...state.pending.values()] });
  } else if (url.pathname === '/view' && filename === 'pixel ü&#1?.png') {
    response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([137, 80, 78, 71]));
  } else if (Object.hasOwn(documents, url.pathname)) json(response, documents[url.pathname]);
  else text(response, 404, '404: Not Found', 'text/plain');
}

const objectInfo = {
  SaveImage: { input: { required: { images: ['IMAGE'] } }, output: [], output_node: true, category: 'image' },
};

const documents: Readonly<Record<string, unknown>> = {
  '/models/checkpoints': ['pixel.safetensors'],
  '/object_info': objectInfo,
  '/object_info/SaveImage': objectInfo,
  '/system_stats': {
    system: {
      os: 'posix',
      ram_total: 16e9,
      ram_free: 8e9,
      comfyui_version: '0.3.64',
      python_version: '3.12',
      argv: ['main.py'],
    },
    devices: [{ name: 'cpu', type: 'cpu', index: null, vram_total: 16e9, vram_free: 8e9 }],
  },
};

async function takePrompt(
  state: ServerState,
  options: ProtocolServerOptions,
  body: unknown,
  response: ServerResponse,
): Promise<void> {
  const parsed = promptBody.safeParse(body);
  if (!parsed.success) {
    state.violations.push(`POST /prompt: ${parsed.error.message}`);
    text(response, 500, '500 Internal Server Error', 'text/plain');
    return;
  }
  const { prompt, prompt_id: promptId, client_id: clientId } = parsed.data;
  if (state.exchanges.some((exchange) => exchange.promptId === promptId))
    state.violations.push(`${promptId} sent twice`);
  if (clientId !== undefined && !state.sockets.has(clientId) && options.refuseSockets !== true) {
    state.violations.push('submitted before subscribing');
  }
  const exchange = openExchange(state, { promptId, clientId: clientId ?? '', graph: prompt, response, body });
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
