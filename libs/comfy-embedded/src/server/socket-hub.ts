import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { setTimeout as wait } from 'node:timers/promises';
import type { EventSink } from '../execution/event-sink.ts';
import { formatJson } from '../json/format-json.ts';
import { parseJson } from '../json/parse-json.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { ServerLimits } from './server-limits.ts';

const farewellMs = 250;
const featureRequestSchema = z.looseObject({
  type: z.literal('feature_flags'),
  data: z.looseObject({ supports_preview_metadata: z.unknown() }).optional().catch(undefined),
});
/** Unsent bytes above which a run waits for its client; far below those after which the client is cut. */
const highWaterBytes = 1024 * 1024;
const drainLimitMs = 5000;
const drainStepMs = 5;

/** What a new socket is told. */
export interface SocketGreeting {
  /** Payload of the first `status` event, without the session id. */
  readonly status: () => JsonObject;
  /** The node that runs now for this client, if any. */
  readonly runningNode: (clientId: string) => string | undefined;
  /** Answer to a client's `feature_flags`. */
  readonly features: JsonObject;
}

/** The WebSocket clients by client id, and the way events reach them. */
export class SocketHub implements EventSink {
  readonly #limits: ServerLimits;
  readonly #greeting: SocketGreeting;
  readonly #server: WebSocketServer;
  readonly #sockets = new Map<string, WebSocket>();
  readonly #alive = new WeakSet<WebSocket>();
  /** Those that asked for previews with metadata. */
  readonly #metadataReaders = new WeakSet<WebSocket>();
  readonly #pings: NodeJS.Timeout;

  constructor(limits: ServerLimits, greeting: SocketGreeting) {
    this.#limits = limits;
    this.#greeting = greeting;
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: limits.maxSocketMessageBytes,
      perMessageDeflate: false,
    });
    this.#pings = setInterval(() => this.#pingAll(), limits.socketPingMs);
    this.#pings.unref();
  }

  /** Whether another socket may connect. */
  get hasRoom(): boolean {
    return this.#server.clients.size < this.#limits.maxSockets;
  }

  /** Turns an upgrade request into a client. An id in use moves to the new socket; the old one falls silent. */
  accept(request: IncomingMessage, stream: Duplex, head: Buffer, clientId: string): void {
    this.#server.handleUpgrade(request, stream, head, (socket) =>
      this.#open(socket, clientId || randomUUID().replaceAll('-', '')),
    );
  }

  /** Whether a client of that id is connected. */
  has(clientId: string): boolean {
    return this.#sockets.has(clientId);
  }

  /** Clients that do not read are dropped. */
  send(event: string, data: JsonObject, clientId: string | null): void {
    this.sendWritten(event, () => formatJson(data), clientId);
  }

  sendWritten(event: string, write: () => string, clientId: string | null): void {
    if (this.#receivers(clientId).length === 0) return;
    this.#deliver(`{"type":${formatJson(event)},"data":${write()}}`, clientId);
  }

  sendFrame(frame: Uint8Array, clientId: string | null): void {
    this.#deliver(frame, clientId);
  }

  takesPreviewMetadata(clientId: string | null): boolean {
    const socket = clientId === null ? undefined : this.#sockets.get(clientId);
    return socket !== undefined && this.#metadataReaders.has(socket);
  }

  async drained(clientId: string | null): Promise<void> {
    const socket = clientId === null ? undefined : this.#sockets.get(clientId);
    for (let waited = 0; waited < drainLimitMs; waited += drainStepMs) {
      if (socket?.readyState !== WebSocket.OPEN || socket.bufferedAmount < highWaterBytes) return;
      await wait(drainStepMs);
    }
  }

  /** Says goodbye to every client; those that do not answer within a moment are cut off. */
  async close(): Promise<void> {
    clearInterval(this.#pings);
    const farewells = [...this.#server.clients].map(
      (socket) =>
        new Promise<void>((resolve) => {
          const cut = setTimeout(() => socket.terminate(), farewellMs);
          socket.once('close', () => {
            clearTimeout(cut);
            resolve();
          });
          socket.close(1001, 'server closes');
        }),
    );
    this.#server.close();
    await Promise.all(farewells);
  }

  /** Cuts every client off without a word. */
  terminate(): void {
    clearInterval(this.#pings);
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }

  #receivers(clientId: string | null): readonly WebSocket[] {
    const sockets = clientId === null ? [...this.#sockets.values()] : [this.#sockets.get(clientId)];
    return sockets.filter((socket) => socket?.readyState === WebSocket.OPEN).flatMap((socket) => socket ?? []);
  }

  #deliver(message: string | Uint8Array, clientId: string | null): void {
    for (const socket of this.#receivers(clientId)) {
      if (socket.bufferedAmount > this.#limits.maxSocketBacklogBytes) socket.terminate();
      else socket.send(message);
    }
  }

  #open(socket: WebSocket, clientId: string): void {
    this.#sockets.set(clientId, socket);
    this.#alive.add(socket);
    socket.on('pong', () => this.#alive.add(socket));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      // Only if the id still means this socket: a reconnected client keeps its place.
      if (this.#sockets.get(clientId) === socket) this.#sockets.delete(clientId);
    });
    socket.once('message', (data, isBinary) => {
      const flags = isBinary ? undefined : readFeatureRequest(data);
      if (flags === undefined) return;
      if (flags.data?.supports_preview_metadata === true) this.#metadataReaders.add(socket);
      this.send('feature_flags', this.#greeting.features, clientId);
    });
    this.send('status', { ...this.#greeting.status(), sid: clientId }, clientId);
    const node = this.#greeting.runningNode(clientId);
    if (node !== undefined) this.send('executing', { node }, clientId);
  }

  #pingAll(): void {
    for (const socket of this.#server.clients) {
      if (!this.#alive.has(socket)) {
        socket.terminate();
        continue;
      }
      this.#alive.delete(socket);
      socket.ping();
    }
  }
}

/** The flags that a client tells in its first message; undefined for whatever else it says, which is ignored. */
function readFeatureRequest(data: RawData): z.output<typeof featureRequestSchema> | undefined {
  const bytes = Array.isArray(data)
    ? Buffer.concat(data)
    : Buffer.from(data instanceof ArrayBuffer ? new Uint8Array(data) : data);
  try {
    return featureRequestSchema.safeParse(parseJson(bytes.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
