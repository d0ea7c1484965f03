import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import { formatJson } from '../json/format-json.ts';
import { parseJson } from '../json/parse-json.ts';
import type { JsonObject } from '../json/json-value.ts';
import type { ServerLimits } from './server-limits.ts';

const farewellMs = 250;
const featureRequestSchema = z.looseObject({ type: z.literal('feature_flags') });

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
export class SocketHub {
  readonly #limits: ServerLimits;
  readonly #greeting: SocketGreeting;
  readonly #server: WebSocketServer;
  readonly #sockets = new Map<string, WebSocket>();
  readonly #alive = new WeakSet<WebSocket>();
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

  /** Sends an event to one client, or to all if `clientId` is null. Clients that do not read are dropped. */
  send(event: string, data: JsonObject, clientId: string | null): void {
    const text = formatJson({ type: event, data });
    const single = clientId === null ? undefined : this.#sockets.get(clientId);
    for (const socket of clientId === null ? this.#sockets.values() : single === undefined ? [] : [single]) {
      if (socket.readyState !== WebSocket.OPEN) continue;
      if (socket.bufferedAmount > this.#limits.maxSocketBacklogBytes) socket.terminate();
      else socket.send(text);
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
      if (!isBinary && this.#asksForFeatures(data)) this.send('feature_flags', this.#greeting.features, clientId);
    });
    this.send('status', { ...this.#greeting.status(), sid: clientId }, clientId);
    const node = this.#greeting.runningNode(clientId);
    if (node !== undefined) this.send('executing', { node }, clientId);
  }

  #asksForFeatures(data: RawData): boolean {
    const bytes = Array.isArray(data)
      ? Buffer.concat(data)
      : Buffer.from(data instanceof ArrayBuffer ? new Uint8Array(data) : data);
    try {
      return featureRequestSchema.safeParse(parseJson(bytes.toString('utf8'))).success;
    } catch {
      // Whatever else a client says is ignored, as ComfyUI does.
      return false;
    }
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
