import { createServer, type Server } from 'node:http';
import { EmbeddedServerError } from '../errors.ts';
import { isErrorCode } from '../files/error-code.ts';
import type { ServerLimits } from './server-limits.ts';

/** A Node HTTP server with the timeouts and bounds in force, not listening yet. */
export function createHttpServer(limits: ServerLimits): Server {
  const server = createServer({
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: Math.min(1000, limits.headersTimeoutMs),
    maxHeaderSize: 16 * 1024,
  });
  server.maxConnections = limits.maxConnections;
  server.setTimeout(limits.idleTimeoutMs);
  return server;
}

/**
 * Listens on the loopback interface.
 *
 * @returns The port, which the system chooses if 0 is asked for.
 * @throws EmbeddedServerError `EMBEDDED_PORT_IN_USE` or `EMBEDDED_LISTEN_FAILED`.
 */
export function listenOnLoopback(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const busy = isErrorCode(error, 'EADDRINUSE');
      const message = busy
        ? `port ${port} of 127.0.0.1 is in use`
        : `cannot listen on 127.0.0.1 port ${port}: ${error.message}`;
      const code = busy ? 'EMBEDDED_PORT_IN_USE' : 'EMBEDDED_LISTEN_FAILED';
      reject(new EmbeddedServerError(code, message, { details: { port }, cause: error }));
    });
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
