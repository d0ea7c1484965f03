import type { IncomingMessage, ServerResponse } from 'node:http';

import type { WebSocket } from 'ws';

import type { Exchange } from './prompt-exchange.ts';

/** What the server keeps between requests, open to the scripts and the assertions of a test. */
export interface ServerState {
  readonly sockets: Map<string, WebSocket>;
  /** Every client that has ever subscribed. */
  readonly subscribers: Set<string>;
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
  /** Files that history may name and `/view` does not have. */
  readonly missingFiles?: readonly string[];
  /** Takes prompts without an id of the client's and gives them one, as ComfyUI does. Off: such a prompt is a breach. */
  readonly givesIds?: boolean;
  /** Refuses ids that are no canonical lower-case UUID, and answers `/api/jobs`: what 0.38 does and 0.3.64 does not. */
  readonly rules038?: boolean;
  /** Between a socket's handshake and its subscription; milliseconds. @default 20 */
  readonly registrationMs?: number;
  /** Refuses the WebSocket upgrade. */
  readonly refuseSockets?: boolean;
}
