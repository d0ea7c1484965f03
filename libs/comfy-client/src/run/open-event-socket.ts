import { WebSocket, type RawData } from 'ws';

import type { ComfyClient } from '../client.ts';
import { readBinaryFrame, type BinaryFrame } from '../schema/binary-frame.ts';
import { readServerMessage, type ServerMessage } from '../schema/event.ts';

/** A subscription to the server's events. */
export interface EventSocket {
  /** Drops the connection at once; later messages are not delivered. Never throws. */
  close(): void;
}

/** Options of {@link openEventSocket}. */
export interface EventSocketOptions {
  readonly clientId: string;
  readonly signal: AbortSignal;
  readonly onMessage: (message: ServerMessage) => void;
  /** With it the server is asked to say which prompt and node its pictures belong to. */
  readonly onFrame?: ((frame: BinaryFrame) => void) | undefined;
  /** Longest silence before a ping, and longest wait for its answer, milliseconds. */
  readonly heartbeatMs: number;
  /** The connection failed or ended from the other side; called at most once. */
  readonly onLost: (reason: string) => void;
}

/** Only counts as the first message of a client. */
const featureFlags = '{"type":"feature_flags","data":{"supports_preview_metadata":true}}';
/** How long the server may take to register an open socket before we submit without its greeting. */
const greetingMs = 1_000;

/**
 * Subscribes to events and resolves when the server has greeted the subscriber, so that no event of a prompt
 * submitted afterwards is missed. A socket that cannot be opened is reported through `onLost`, not thrown: events only
 * inform. Rejects with nothing.
 */
export function openEventSocket(client: ComfyClient, options: EventSocketOptions): Promise<EventSocket> {
  const address = new URL(`${client.url}/ws`);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.searchParams.set('clientId', options.clientId);
  const socket = new WebSocket(address, {
    handshakeTimeout: Math.min(client.requestTimeoutMs, 10_000),
    maxPayload: client.maxBodyBytes,
    perMessageDeflate: false,
    followRedirects: false,
  });

  return new Promise((resolve) => {
    let live = true;
    let greetingTimer: NodeJS.Timeout | undefined;
    let heartbeat: NodeJS.Timeout | undefined;
    const close = (): void => {
      live = false;
      clearTimeout(greetingTimer);
      clearInterval(heartbeat);
      options.signal.removeEventListener('abort', onAbort);
      socket.terminate();
    };
    const ready = (): void => {
      clearTimeout(greetingTimer);
      resolve({ close });
    };
    const onAbort = (): void => {
      close();
      ready();
    };
    const lose = (reason: string): void => {
      if (!live) return;
      close();
      options.onLost(reason);
      ready();
    };

    socket.on('open', () => {
      if (options.onFrame !== undefined) socket.send(featureFlags);
      greetingTimer = setTimeout(ready, greetingMs);
      heartbeat = watchPulse(socket, options.heartbeatMs, () => lose('the ping was not answered'));
    });
    socket.on('message', (data, isBinary) => {
      if (!live) return;
      if (isBinary) {
        // Pictures for a screen and texts of nodes, no part of the outcome.
        const frame = options.onFrame === undefined ? null : readBinaryFrame(bytesOf(data));
        if (frame !== null) options.onFrame?.(frame);
        return;
      }
      const message = readServerMessage(bytesOf(data).toString('utf8'));
      if (message === null) return;
      options.onMessage(message);
      ready();
    });
    socket.on('error', (error) => lose(error.message));
    socket.on('close', (code) => lose(`closed with code ${code}`));
    if (options.signal.aborted) onAbort();
    else options.signal.addEventListener('abort', onAbort, { once: true });
  });
}

/** ComfyUI never pings, and a connection that a middlebox forgot stays open for ever. */
function watchPulse(socket: WebSocket, heartbeatMs: number, onSilence: () => void): NodeJS.Timeout {
  let silentBeats = 0;
  const hear = (): void => void (silentBeats = 0);
  socket.on('message', hear);
  socket.on('pong', hear);
  return setInterval(() => {
    silentBeats += 1;
    if (silentBeats === 2) onSilence();
    else socket.ping();
  }, heartbeatMs);
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return Buffer.isBuffer(data) ? data : Buffer.from(data);
}
