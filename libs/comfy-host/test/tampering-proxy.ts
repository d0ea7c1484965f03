import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server in front of a server. */
export interface TamperingProxy {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Passes HTTP requests on and lets `tamper` change the bodies of the answers; a path mapped to null is left as it is.
 * WebSockets are refused, as by a proxy that was not told about them.
 */
export async function startTamperingProxy(
  target: string,
  tamper: (path: string, body: Buffer) => Buffer | null,
): Promise<TamperingProxy> {
  const server = http.createServer((request, response) => {
    const path = request.url ?? '/';
    const onward = http.request(
      new URL(path, target),
      { method: request.method, headers: request.headers },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('end', () => {
          const body = Buffer.concat(chunks);
          const changed = tamper(path, body) ?? body;
          const { 'content-type': contentType } = reply.headers;
          response.writeHead(reply.statusCode ?? 500, {
            'content-type': contentType,
            'content-length': changed.length,
          });
          response.end(changed);
        });
      },
    );
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('upgrade', (_request, socket) => socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
