import { once } from 'node:events';
import http, { type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { FrameReader, type SocketFrame, writeFrame } from './socket-frames.ts';

/** An answer on its way from the server to the client. */
export interface PassingReply {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** What a proxy does to the bytes that pass through it. */
export interface ProxyFaults {
  /** Changes an answer in place; `cut` ends the connection in the middle of the body. */
  readonly reply?: (reply: PassingReply) => undefined | 'cut';
  /** Changes a request's body before the server sees it. */
  readonly request?: (path: string, body: Buffer) => Buffer;
  /** What becomes of a message of the server's: any number of messages. One call for each connection. */
  readonly frames?: () => (frame: SocketFrame) => readonly SocketFrame[];
}

/** A proxy in front of a server. */
export interface FaultProxy {
  readonly url: string;
  /** Takes other faults; none without an argument. */
  plant(faults?: ProxyFaults): void;
  close(): Promise<void>;
}

/** Listens on the loopback interface and passes everything on to the server, changed as the planted faults say. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  let faults: ProxyFaults = {};
  const sockets = new Set<Socket>();
  const server = http.createServer((request, response) => {
    void (async () => {
      const { method = 'GET', url: path = '/' } = request;
      const sent = await wholeBody(request);
      const body = faults.request?.(path, sent) ?? sent;
      const headers = { ...request.headers, host: `${hostname}:${port}`, 'content-length': String(body.length) };
      const onward = http.request({ hostname, port, method, path, headers, agent: false });
      onward.end(body);
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        onward.once('response', resolve).once('error', reject);
      });
      const reply: PassingReply = {
        method,
        path,
        status: answer.statusCode ?? 0,
        headers: { ...answer.headers },
        body: await wholeBody(answer),
      };
      const fate = faults.reply?.(reply);
      delete reply.headers['transfer-encoding'];
      delete reply.headers['connection'];
      reply.headers['content-length'] = String(reply.body.length);
      response.writeHead(reply.status, reply.headers);
      if (fate !== 'cut') response.end(reply.body);
      else response.write(reply.body.subarray(0, reply.body.length >> 1), () => response.destroy());
    })().catch(() => response.destroy());
  });
  server.on('upgrade', (request, near: Socket) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        near.destroy();
        far.destroy();
      });
    }
    const headers = Object.entries({ ...request.headers, host: `${hostname}:${port}` });
    const lines = headers.map(([name, value]) => `${name}: ${[value].flat().join(', ')}`);
    far.write(`GET ${request.url ?? '/'} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    near.pipe(far);
    const change = faults.frames?.() ?? ((frame: SocketFrame) => [frame]);
    const reader = new FrameReader();
    let head: Buffer | null = Buffer.alloc(0);
    far.on('data', (bytes: Buffer) => {
      let rest = bytes;
      if (head !== null) {
        head = Buffer.concat([head, bytes]);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        near.write(head.subarray(0, end + 4));
        rest = head.subarray(end + 4);
        head = null;
      }
      for (const frame of reader.read(rest)) for (const passing of change(frame)) near.write(writeFrame(passing));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    plant: (next = {}) => void (faults = next),
    async close() {
      for (const socket of sockets) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function wholeBody(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  message.on('data', (part: Buffer) => parts.push(part));
  await once(message, 'end');
  return Buffer.concat(parts);
}
