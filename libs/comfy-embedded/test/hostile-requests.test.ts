import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { getJson, openEventLog, post, submit, waitForHistory } from './raw-client.ts';
import { openTestServer, temporaryDirectory } from './server-fixture.ts';
import { textToImageGraph } from './text-to-image-graph.ts';

function open(port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1' });
  onTestFinished(() => void socket.destroy());
  return socket;
}

/** Sends raw text and returns all that comes back until the connection ends. */
function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = open(port);
    let answer = '';
    socket.on('data', (data) => (answer += data.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    socket.write(text);
  });
}

function request(head: string, ...lines: readonly string[]): string {
  return [`${head} HTTP/1.1`, ...lines, 'Connection: close', '', ''].join('\r\n');
}

describe('requests that are not from here', () => {
  it.each([
    ['a foreign Host', ['Host: evil.example']],
    ['a Host that looks like ours', ['Host: 127.0.0.1.evil.example']],
    ['a foreign Origin', ['Host: 127.0.0.1', 'Origin: http://evil.example']],
    ['a page without origin', ['Host: 127.0.0.1', 'Origin: null']],
    ['a cross-site page', ['Host: 127.0.0.1', 'Sec-Fetch-Site: cross-site']],
  ])('get 403 with %s, over HTTP and over WebSocket', async (_what, lines) => {
    const { port } = await openTestServer();
    expect(await exchange(port, request('GET /prompt', ...lines))).toMatch(/^HTTP\/1\.1 403 /);
    expect(await exchange(port, request('POST /interrupt', ...lines))).toMatch(/^HTTP\/1\.1 403 /);
    const upgrade = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ];
    expect(await exchange(port, ['GET /ws HTTP/1.1', ...lines, ...upgrade, '', ''].join('\r\n'))).toMatch(
      /^HTTP\/1\.1 403 /,
    );
  });
});

describe('bodies', () => {
  it('over the bound get 413 before they arrive', async () => {
    const { port } = await openTestServer();
    const declared = request('POST /prompt', 'Host: 127.0.0.1', 'Content-Length: 104857600');
    expect(await exchange(port, declared)).toMatch(/^HTTP\/1\.1 413 .*Maximum request body size 2097152 exceeded$/s);
  });

  it('of 100 MB get 413, which a client can read that sends them whole before it listens', async () => {
    const { port } = await openTestServer();
    const socket = open(port);
    socket.write(request('POST /prompt', 'Host: 127.0.0.1', 'Content-Length: 104857600'));
    const sent = new Promise<Error | null | undefined>((resolve) => {
      socket.once('error', resolve);
      socket.write(Buffer.alloc(100 * 1024 * 1024, ' '), resolve);
    });
    expect(await sent).toBeFalsy();
    const answer = new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString('latin1'))));
    expect(await answer).toMatch(/^HTTP\/1\.1 413 .*Maximum request body size 2097152 exceeded$/s);
  });

  it('over the bound get 413 while they arrive in chunks', async () => {
    const { url } = await openTestServer({ limits: { maxBodyBytes: 1000 } });
    const piece = new TextEncoder().encode('x'.repeat(600));
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(piece),
    });
    const endless: RequestInit = { method: 'POST', body, duplex: 'half' };
    expect((await fetch(`${url}/prompt`, endless)).status).toBe(413);
    expect(await getJson(`${url}/prompt`)).toEqual({ exec_info: { queue_remaining: 0 } });
  });

  it.each([
    ['truncated', '{"prompt": {'],
    ['a NaN', '{"prompt": NaN}'],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
    ['nested too deep', '['.repeat(100_000)],
    ['empty', ''],
  ])('that are %s get 400', async (_what, body) => {
    const { url } = await openTestServer();
    expect((await fetch(`${url}/prompt`, { method: 'POST', body })).status).toBe(400);
  });

  it.each([
    ['number', { number: 'x' }],
    ['client_id', { client_id: 5 }],
    ['prompt_id', { prompt_id: '' }],
    ['prompt_id', { prompt_id: 'x'.repeat(1000) }],
    ['extra_data', { extra_data: [] }],
    ['partial_execution_targets', { partial_execution_targets: 'save' }],
  ])('with a wrong %s get 400 that names it', async (name, members) => {
    const { url } = await openTestServer();
    const answer = await post(`${url}/prompt`, { prompt: textToImageGraph(), ...members });
    expect(answer).toMatchObject({
      status: 400,
      json: { error: { type: 'invalid_request', details: expect.stringContaining(name) as string } },
    });
  });

  it('without a prompt get ComfyUI’s no_prompt', async () => {
    const { url } = await openTestServer();
    for (const body of [{}, [], 'null']) {
      expect(await post(`${url}/prompt`, body)).toMatchObject({
        status: 400,
        json: { error: { type: 'no_prompt' }, node_errors: {} },
      });
    }
  });
});

describe('/view', () => {
  it.each([
    ['', 404],
    ['?filename=', 400],
    ['?filename=absent.png', 404],
    ['?filename=../secret.png', 400],
    ['?filename=/etc/passwd', 400],
    ['?filename=secret.png&type=bogus', 400],
    ['?filename=secret.png&type=input', 404],
    ['?filename=secret.png&subfolder=..', 403],
    ['?filename=secret.png&subfolder=a/../../', 403],
    ['?filename=secret.png%00.png', 400],
    ['?filename=secret.png&subfolder=%00', 403],
    ['?filename=sub', 404],
    ['?filename=link.png', 403],
    ['?filename=secret.png&subfolder=outside', 403],
    [`?filename=${'x'.repeat(5000)}`, 404],
  ])('answers %s with %i', async (query, status) => {
    const root = await temporaryDirectory();
    const outputDirectory = join(root, 'output');
    await mkdir(join(outputDirectory, 'sub'), { recursive: true });
    await writeFile(join(root, 'secret.png'), 'secret');
    await symlink(join(root, 'secret.png'), join(outputDirectory, 'link.png'));
    await symlink(dirname(outputDirectory), join(outputDirectory, 'outside'));
    const { url } = await openTestServer({ outputDirectory });
    const answer = await fetch(`${url}/view${query}`);
    expect([answer.status, await answer.text()]).toEqual([status, '']);
  });

  it('never lets a file act as a page', async () => {
    const outputDirectory = await temporaryDirectory();
    await writeFile(join(outputDirectory, 'a b&#.html'), '<script>1</script>');
    const { url } = await openTestServer({ outputDirectory });
    const answer = await fetch(`${url}/view?filename=${encodeURIComponent('a b&#.html')}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toBe('sandbox');
  });
});

describe('connections', () => {
  it('that never finish their headers are ended', async () => {
    const { port } = await openTestServer({ limits: { headersTimeoutMs: 200 } });
    expect(await exchange(port, 'GET /prompt HTTP/1.1\r\nHost: 127')).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('that say nothing are ended', async () => {
    const { port } = await openTestServer({ limits: { idleTimeoutMs: 100 } });
    expect(await exchange(port, '')).toBe('');
  });

  it('of WebSocket clients beyond the bound are refused', async () => {
    const { url, port } = await openTestServer({ limits: { maxSockets: 1 } });
    await openEventLog(url, 'first');
    const second = new WebSocket(`ws://127.0.0.1:${port}/ws`);
    const error = await new Promise<Error>((resolve) => second.once('error', resolve));
    expect(error.message).toContain('503');
  });

  it('of WebSocket clients that no longer answer are ended', async () => {
    const { url } = await openTestServer({ limits: { socketPingMs: 50 } });
    const log = await openEventLog(url, 'mute');
    log.socket.pong = () => undefined;
    const code = await new Promise<number>((resolve) => {
      log.socket.removeAllListeners('ping');
      log.socket.once('close', resolve);
      log.socket.pause();
      setTimeout(() => log.socket.resume(), 500);
    });
    expect(code).toBe(1006);
  });
});

describe('WebSocket clients', () => {
  it('negotiate features with their first message; all else is ignored', async () => {
    const { url } = await openTestServer();
    const log = await openEventLog(url, 'mine');
    log.socket.send(JSON.stringify({ type: 'feature_flags', data: {} }));
    expect((await log.until(({ type }) => type === 'feature_flags')).data).toMatchObject({
      supports_preview_metadata: true,
    });
    log.socket.send('{');
    log.socket.send(Buffer.from([1, 2, 3]));
    log.socket.send(JSON.stringify({ type: 'feature_flags', data: {} }));
    await waitForHistory(url, await submit(url, textToImageGraph(), { client_id: 'mine' }));
    expect(log.events.filter(({ type }) => type === 'feature_flags')).toHaveLength(1);
  });

  it('that reconnect under their id get the events, even after the old socket has closed', async () => {
    const { url } = await openTestServer();
    const old = await openEventLog(url, 'mine');
    const current = await openEventLog(url, 'mine');
    const closed = new Promise((resolve) => old.socket.once('close', resolve));
    old.socket.close();
    await closed;
    await submit(url, textToImageGraph(), { client_id: 'mine' });
    await current.until(({ type }) => type === 'execution_success');
    expect(old.events.map(({ type }) => type)).toEqual(['status']);
  });

  it('without an id get one', async () => {
    const { url } = await openTestServer();
    const log = await openEventLog(url, '');
    expect(log.events[0]?.data['sid']).toMatch(/^[0-9a-f]{32}$/);
  });
});
