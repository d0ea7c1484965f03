import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { WebSocketServer, type WebSocket } from 'ws';

import { answerRequest } from './answer-request.ts';
import type { ProtocolServer, ProtocolServerOptions, ServerState } from './server-state.ts';

export type { ProtocolServer, ProtocolServerOptions, ServerState } from './server-state.ts';

/** A ComfyUI at the level of its wire protocol: real sockets, scripted answers, and a list of every breach it saw. */
export async function startProtocolServer(options: ProtocolServerOptions = {}): Promise<ProtocolServer> {
  const state: ServerState = {
    sockets: new Map(),
    subscribers: new Set(),
    running: new Map(),
    pending: new Map(),
    history: new Map(),
    requests: [],
    violations: [],
    exchanges: [],
    interrupted: [],
    deleted: [],
    firstMessages: [],
  };
  let port = 0;
  let isClosed = false;
  const listen = (): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const shut = async (): Promise<void> => {
    for (const socket of socketServer.clients) socket.terminate();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  const restart = async (downMs: number): Promise<void> => {
    await shut();
    for (const memory of [state.sockets, state.running, state.pending, state.history]) memory.clear();
    await sleep(downMs);
    if (!isClosed) await listen();
  };
  const server = http.createServer((request, response) => {
    void answerRequest(state, { ...options, restart }, request, response);
  });
  const socketServer = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    // Clients may vanish at any moment.
    socket.on('error', () => socket.destroy());
    const address = new URL(request.url ?? '/', 'http://host');
    const clientId = address.searchParams.get('clientId');
    if (options.refuseSockets === true || !/^(\/api)?\/ws$/.test(address.pathname) || clientId === null) {
      socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    socketServer.handleUpgrade(request, socket, head, (webSocket) => {
      if (state.sockets.has(clientId)) state.violations.push(`second socket for client ${clientId}`);
      webSocket.on('close', () => state.sockets.delete(clientId));
      webSocket.once('message', (data: Buffer) => state.firstMessages.push(data.toString('utf8')));
      // ComfyUI takes a moment too; whoever submits in between misses events.
      setTimeout(() => register(clientId, webSocket), options.registrationMs ?? 20);
    });
  });
  const register = (clientId: string, webSocket: WebSocket): void => {
    if (webSocket.readyState !== webSocket.OPEN) return;
    state.sockets.set(clientId, webSocket);
    state.subscribers.add(clientId);
    const status = { status: { exec_info: { queue_remaining: state.running.size } }, sid: clientId };
    webSocket.send(JSON.stringify({ type: 'status', data: status }));
  };
  await listen();
  ({ port } = server.address() as AddressInfo);
  return {
    ...state,
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      isClosed = true;
      await shut();
    },
  };
}
