import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { readTarget } from './handle-request.ts';
import { isAllowedRequest } from './request-guard.ts';
import type { SocketHub } from './socket-hub.ts';

const longestClientId = 256;

/** Lets an upgrade request in as a WebSocket client, or hangs up with the reason as HTTP status. */
export function acceptUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer, hub: SocketHub): void {
  // Until the handshake is over nobody else listens for a client that goes away.
  stream.on('error', () => stream.destroy());
  const url = readTarget(request);
  const refuse = (status: string): void => {
    stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  };
  if (!isAllowedRequest(request.headers)) refuse('403 Forbidden');
  else if (url?.pathname !== '/ws' && url?.pathname !== '/api/ws') refuse('404 Not Found');
  else if (!hub.hasRoom) refuse('503 Service Unavailable');
  else hub.accept(request, stream, head, (url.searchParams.get('clientId') ?? '').slice(0, longestClientId));
}
