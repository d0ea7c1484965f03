import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import type { ServerState } from './server-state.ts';

/** One submitted prompt in the hands of a test script. */
export interface Exchange {
  readonly promptId: string;
  readonly clientId: string;
  readonly graph: Record<string, { class_type: string; inputs: Record<string, unknown> }>;
  readonly body: unknown;
  /** Puts the prompt into the queue, waiting or running. */
  enqueue(place: 'pending' | 'running'): void;
  /** Answers the submission as ComfyUI does when it accepts. */
  accept(nodeErrors?: Record<string, unknown>): void;
  /** Answers with anything. */
  reply(status: number, contentType: string, body: string): void;
  /** Cuts the connection of the submission; with `partial` after the first bytes of an answer. */
  cutReply(partial?: string): void;
  /** Sends an event about this prompt to the client's socket, if it has one. */
  event(type: string, data?: Record<string, unknown>): void;
  /** Sends a frame as it is. */
  frame(content: string | Buffer): void;
  dropSocket(): void;
  /** Forgets the subscriber while the socket stays open and answers pings: ComfyUI's zombie. */
  forgetSocket(): void;
  /** Neither reads nor answers on the socket any more, and does not close it: a half-open connection. */
  freezeSocket(): void;
  /** Dies, forgets everything, and listens on the same port again after `downMs`. */
  restart(downMs: number): Promise<void>;
  /** Takes the prompt out of the queue and, if given, writes its history entry. */
  end(entry?: unknown): void;
  pause(ms: number): Promise<void>;
  /** Resolves when the client asked for this prompt's history, or after 5 s. */
  historyRead(): Promise<void>;
}

interface ExchangeInit {
  readonly promptId: string;
  readonly clientId: string;
  readonly graph: Exchange['graph'];
  readonly response: ServerResponse;
  readonly body: unknown;
  readonly restart: Exchange['restart'];
}

export function openExchange(state: ServerState, init: ExchangeInit): Exchange {
  const { promptId, clientId, response } = init;
  const frame = (content: string | Buffer): void => state.sockets.get(clientId)?.send(content);
  return {
    promptId,
    clientId,
    graph: init.graph,
    body: init.body,
    enqueue: (place) => {
      state.pending.delete(promptId);
      state[place].set(promptId, [0, promptId, init.graph, {}, []]);
    },
    accept: (nodeErrors = {}) => {
      const body = JSON.stringify({ prompt_id: promptId, number: 0, node_errors: nodeErrors });
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(body);
    },
    reply: (status, contentType, body) => {
      response.writeHead(status, { 'content-type': contentType }).end(body);
    },
    cutReply: (partial) => {
      if (partial !== undefined) {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
        response.write(partial);
      }
      setTimeout(() => response.destroy(), 5);
    },
    event: (type, data = {}) => frame(JSON.stringify({ type, data: { ...data, prompt_id: promptId } })),
    frame,
    dropSocket: () => state.sockets.get(clientId)?.terminate(),
    forgetSocket: () => state.sockets.delete(clientId),
    freezeSocket: () => {
      state.sockets.get(clientId)?.pause();
      state.sockets.delete(clientId);
    },
    restart: init.restart,
    end: (entry) => {
      state.running.delete(promptId);
      state.pending.delete(promptId);
      if (entry !== undefined) state.history.set(promptId, typeof entry === 'string' ? entry : JSON.stringify(entry));
    },
    pause: (ms) => sleep(ms),
    historyRead: async () => {
      const request = `GET /history/${promptId}`;
      for (let turn = 0; turn < 1_000 && !state.requests.includes(request); turn += 1) await sleep(5);
    },
  };
}

/** A history entry as ComfyUI writes it. */
export function historyEntry(
  statusText: 'success' | 'error',
  messages: readonly (readonly [string, Record<string, unknown>])[],
  outputs: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    prompt: [0, 'id', {}, {}, []],
    outputs,
    status: { status_str: statusText, completed: statusText === 'success', messages },
    meta: {},
  };
}

/** The files of a prompt that saved one image at node 7. */
export const savedImage = { '7': { images: [{ filename: 'pixel_00001_.png', subfolder: 'a b', type: 'output' }] } };

/** History of an undisturbed run: 40 ms by the server's clock. */
export const successEntry = historyEntry(
  'success',
  [
    ['execution_start', { timestamp: 1_000 }],
    ['execution_cached', { nodes: ['1'], timestamp: 1_001 }],
    ['execution_success', { timestamp: 1_040 }],
  ],
  savedImage,
);

/** The events of an undisturbed run in ComfyUI's order, with everything a client has to pass over. */
export function playSuccess(exchange: Exchange): void {
  exchange.frame(JSON.stringify({ type: 'status', data: { status: { exec_info: { queue_remaining: 1 } } } }));
  exchange.event('execution_start', { timestamp: 1_000 });
  exchange.event('execution_cached', { nodes: ['1'], timestamp: 1_001 });
  exchange.event('progress_state', { nodes: { '5': { state: 'running', value: 0, max: 2 } } });
  exchange.event('executing', { node: '5', display_node: '5' });
  exchange.frame(
    JSON.stringify({ type: 'progress', data: { value: 9, max: 9, node: '5', prompt_id: 'somebody else' } }),
  );
  exchange.frame(JSON.stringify({ type: 'executing', data: { node: '99' } }));
  exchange.frame(Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 0xff, 0xd8]));
  exchange.frame('no json');
  exchange.frame('{"type": "crystools.monitor", "data": 3}');
  exchange.event('progress', { value: 1, max: 2, node: '5' });
  exchange.event('progress', { value: 2, max: 2, node: '5' });
  exchange.event('executing', { node: '7', display_node: '7' });
  exchange.event('executed', { node: '7', display_node: '7', output: savedImage['7'] });
  exchange.event('execution_success', { timestamp: 1_040 });
  exchange.event('executing', { node: null });
}
