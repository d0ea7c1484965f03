import { getEventListeners } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';

import { afterEach, describe, expect, it } from 'vitest';

import { startProtocolServer, type ProtocolServer, type ProtocolServerOptions } from '../test/protocol-server.ts';
import { createComfyClient, type ComfyClient } from './client.ts';
import { getQueue } from './get-queue.ts';
import { getSystemStats } from './get-system-stats.ts';
import { sendRequest } from './send-request.ts';

let server: ProtocolServer | null = null;
let rawServer: Server | null = null;
const rawSockets: Socket[] = [];

async function clientOf(intercept: NonNullable<ProtocolServerOptions['intercept']>): Promise<ComfyClient> {
  server = await startProtocolServer({ intercept });
  return createComfyClient({ url: server.url, requestTimeoutMs: 1_000, maxBodyBytes: 10_000 });
}

/** A server that answers every connection with these bytes and then leaves it open. */
async function rawClient(bytes: string): Promise<ComfyClient> {
  const listener = createServer((socket) => {
    rawSockets.push(socket);
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(bytes);
  });
  rawServer = listener;
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return createComfyClient({ url: `http://127.0.0.1:${port}`, requestTimeoutMs: 200, maxBodyBytes: 10_000 });
}

afterEach(async () => {
  await server?.close();
  server = null;
  for (const socket of rawSockets.splice(0)) socket.destroy();
  rawServer?.close();
  rawServer = null;
});

describe('sendRequest', () => {
  it('does not follow redirects', async () => {
    const client = await clientOf((_request, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/secret' }).end();
      return true;
    });
    await expect(getQueue(client)).rejects.toMatchObject({
      code: 'COMFY_REDIRECTED',
      details: { status: 302, location: 'http://169.254.169.254/secret' },
    });
    expect(server?.requests).toEqual(['GET /queue']);
  });

  it('stops reading at the byte limit, announced or not', async () => {
    for (const headers of [{ 'content-length': '20000' }, {}]) {
      const client = await clientOf((_request, response) => {
        response.writeHead(200, headers);
        response.end('x'.repeat(20_000));
        return true;
      });
      await expect(getQueue(client)).rejects.toMatchObject({
        code: 'COMFY_REPLY_TOO_LARGE',
        details: { maxBytes: 10_000 },
      });
      await server?.close();
    }
  });

  it('limits the wait for the whole answer, not for each piece', async () => {
    const client = await clientOf((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(' '), 50);
      response.on('close', () => clearInterval(drip));
      return true;
    });
    const request = getQueue(client, { timeoutMs: 300 });
    await expect(request).rejects.toMatchObject({
      code: 'COMFY_TIMEOUT',
      details: { connected: true, timeoutMs: 300 },
    });
  });

  it('calls an answer shorter than announced lost', async () => {
    const client = await clientOf((_request, response) => {
      response.writeHead(200, { 'content-length': '50' });
      response.write('{"queue_running": []');
      setTimeout(() => response.destroy(), 10);
      return true;
    });
    await expect(getQueue(client)).rejects.toMatchObject({
      code: 'COMFY_CONNECTION_LOST',
      details: { connected: true },
    });
  });

  it('reports what is not HTTP', async () => {
    const client = await rawClient('SSH-2.0-OpenSSH_9.2\r\n');
    await expect(getQueue(client)).rejects.toMatchObject({ code: 'COMFY_CONNECTION_LOST' });
  });

  it('keeps the reason of an abort and frees the connection', async () => {
    const client = await rawClient('');
    const controller = new AbortController();
    const request = sendRequest(client, { method: 'GET', path: '/queue' }, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 30);
    await expect(request).rejects.toThrow('enough');
    await expect.poll(() => rawSockets[0]?.destroyed).toBe(true);
  });
});

describe('a request that is over', () => {
  it('leaves no listener on the signal', async () => {
    const client = await clientOf((_request, response) => {
      response.writeHead(200).end('{"queue_running": [], "queue_pending": []}');
      return true;
    });
    const { signal } = new AbortController();
    await getQueue(client, { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('an answer of another kind than asked for', () => {
  for (const [status, body, kind] of [
    [500, '500 Internal Server Error', 'text'],
    [403, '', 'empty'],
    [400, '{"error": "no"}', 'json'],
  ] as const) {
    it(`carries status ${status} and body kind ${kind}`, async () => {
      const client = await clientOf((_request, response) => {
        response.writeHead(status).end(body);
        return true;
      });
      await expect(getQueue(client)).rejects.toMatchObject({
        code: 'COMFY_HTTP_STATUS',
        details: { status, bodyKind: kind, excerpt: body },
      });
    });
  }

  it('is COMFY_REPLY_INVALID with every fault', async () => {
    const client = await clientOf((_request, response) => {
      response.writeHead(200).end('{"system": {"os": 3}, "devices": "none"}');
      return true;
    });
    await expect(getSystemStats(client)).rejects.toMatchObject({
      code: 'COMFY_REPLY_INVALID',
      details: {
        faults: [
          expect.stringMatching(/^\/system\/comfyui_version: /),
          expect.stringMatching(/^\/system\/os: /),
          expect.stringMatching(/^\/devices: /),
        ],
      },
    });
  });

  it('is COMFY_REPLY_INVALID for a web page', async () => {
    const client = await clientOf((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>router</html>');
      return true;
    });
    await expect(getQueue(client)).rejects.toThrow('GET /queue: expected JSON, got <html>router</html>');
  });
});
