import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { acceptUpgrade } from './accept-upgrade.ts';
import { serverLimitsSchema } from './server-limits.ts';
import { SocketHub } from './socket-hub.ts';

interface Client {
  readonly socket: WebSocket;
  /** Resolves with the next message that has not been taken: parsed text, or bytes. */
  next(): Promise<unknown>;
}

async function openHub(runningNode?: string): Promise<{ hub: SocketHub; connect: (id: string) => Promise<Client> }> {
  const hub = new SocketHub(serverLimitsSchema.parse({}), {
    status: () => ({ status: {} }),
    runningNode: (clientId) => (clientId === 'mine' ? runningNode : undefined),
    features: { supports_preview_metadata: true },
  });
  const server = createServer();
  server.on('upgrade', (request, stream, head) => acceptUpgrade(request, stream, head, hub));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await hub.close();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  async function connect(id: string): Promise<Client> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws?clientId=${id}`);
    const messages: unknown[] = [];
    const waiting: ((message: unknown) => void)[] = [];
    socket.on('message', (data: Buffer, isBinary) => {
      const message = isBinary ? data : (JSON.parse(data.toString('utf8')) as unknown);
      const taker = waiting.shift();
      if (taker === undefined) messages.push(message);
      else taker(message);
    });
    const next = (): Promise<unknown> =>
      messages.length > 0 ? Promise.resolve(messages.shift()) : new Promise((resolve) => waiting.push(resolve));
    expect(await next()).toEqual({ type: 'status', data: { status: {}, sid: id } });
    return { socket, next };
  }
  return { hub, connect };
}

describe('SocketHub', () => {
  it('sends frames to one client, or to all', async () => {
    const { hub, connect } = await openHub();
    const [mine, other] = [await connect('mine'), await connect('other')];
    hub.sendFrame(Buffer.from('to mine'), 'mine');
    hub.sendFrame(Buffer.from('to nobody'), 'absent');
    hub.sendFrame(Buffer.from('to all'), null);
    expect([await mine.next(), await mine.next()]).toEqual([Buffer.from('to mine'), Buffer.from('to all')]);
    expect(await other.next()).toEqual(Buffer.from('to all'));
  });

  it.each([
    [true, { supports_preview_metadata: true }],
    [false, { supports_preview_metadata: false }],
    [false, {}],
    [false, 'nonsense'],
  ])('knows as %s that a client with %j takes previews with metadata', async (expected, data) => {
    const { hub, connect } = await openHub();
    const client = await connect('mine');
    expect(hub.takesPreviewMetadata('mine')).toBe(false);
    client.socket.send(JSON.stringify({ type: 'feature_flags', data }));
    expect(await client.next()).toEqual({ type: 'feature_flags', data: { supports_preview_metadata: true } });
    expect(hub.takesPreviewMetadata('mine')).toBe(expected);
    expect(hub.takesPreviewMetadata(null)).toBe(false);
    // A new connection negotiates anew.
    await connect('mine');
    expect(hub.takesPreviewMetadata('mine')).toBe(false);
  });

  it('tells a client that comes back which node runs for it, without its prompt', async () => {
    const { connect } = await openHub('sampler');
    expect(await (await connect('mine')).next()).toEqual({ type: 'executing', data: { node: 'sampler' } });
  });

  it('writes no event that nobody gets', async () => {
    const { hub } = await openHub();
    hub.sendWritten('progress_state', () => expect.unreachable(), 'absent');
    hub.sendWritten('progress_state', () => expect.unreachable(), null);
  });
});
