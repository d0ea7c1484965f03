import { createHash } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** The server's side of event sockets, by client id. Sends text frames; of what clients send only ping and close matter. */
export interface EventSockets {
  send(clientId: string, text: string): void;
  destroy(): void;
}

const handshakeSuffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** Accepts WebSocket connections (RFC 6455) on a server; `greet` gives the first message for a client. */
export function acceptEventSockets(server: Server, greet: (clientId: string) => string): EventSockets {
  const sockets = new Map<string, Duplex>();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    const clientId = new URL(request.url ?? '/', 'http://localhost').searchParams.get('clientId') ?? '';
    const key = request.headers['sec-websocket-key'] ?? '';
    const accept = createHash('sha1').update(`${key}${handshakeSuffix}`).digest('base64');
    const lines = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
    socket.write([...lines, `Sec-WebSocket-Accept: ${accept}`, '', ''].join('\r\n'));
    sockets.set(clientId, socket);
    socket.on('error', () => undefined);
    socket.on('data', (frame: Buffer) => {
      const opcode = (frame[0] ?? 0) & 0x0f;
      if (opcode === 8) socket.end(Buffer.from([0x88, 0]));
      if (opcode === 9) socket.write(Buffer.from([0x8a, 0]));
    });
    socket.write(textFrame(greet(clientId)));
  });
  return {
    send: (clientId, text) => {
      const socket = sockets.get(clientId);
      if (socket?.writable === true) socket.write(textFrame(text));
    },
    destroy: () => {
      for (const socket of sockets.values()) socket.destroy();
    },
  };
}

function textFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length < 126) return Buffer.concat([Buffer.from([0x81, payload.length]), payload]);
  const header = Buffer.from([0x81, 126, payload.length >> 8, payload.length & 255]);
  return Buffer.concat([header, payload]);
}
