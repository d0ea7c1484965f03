import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EmbeddedServer } from '@dgx-pixels/comfy-embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFlatServer } from '../test/flat-server.ts';
import { openEngine } from './open-engine.ts';

let server: EmbeddedServer;

beforeAll(async () => {
  server = await startFlatServer();
});

afterAll(async () => {
  await server.close();
});

describe('openEngine with a URL', () => {
  it('describes the server that runs there', async () => {
    const engine = await openEngine({ kind: 'url', url: `${server.url}/` });
    expect(engine).toMatchObject({
      kind: 'comfyui',
      url: server.url,
      version: server.version,
      startMs: null,
      checkpoints: ['flat.safetensors'],
      modelSha256: [],
      processId: null,
    });
    await engine.close();
    await engine.close();
    await expect(openEngine({ kind: 'url', url: server.url })).resolves.toBeDefined();
  });

  it('refuses other hosts before it connects, unless told', async () => {
    for (const url of ['http://192.0.2.1:8188', 'https://comfy.example', 'http://0.0.0.0:8188']) {
      await expect(openEngine({ kind: 'url', url })).rejects.toMatchObject({ code: 'ENGINE_HOST_REMOTE_REFUSED' });
    }
    const signal = AbortSignal.timeout(50);
    const permitted = openEngine({ kind: 'url', url: 'http://192.0.2.1:8188', allowRemote: true }, { signal });
    await expect(permitted).rejects.not.toMatchObject({ code: 'ENGINE_HOST_REMOTE_REFUSED' });
  });

  it('does not follow a redirect to another host', async () => {
    const redirector = createServer((_request, response) => {
      response.writeHead(307, { location: `${server.url}/system_stats` }).end();
    });
    await new Promise<void>((resolve) => redirector.listen(0, '127.0.0.1', resolve));
    const { port } = redirector.address() as AddressInfo;
    await expect(openEngine({ kind: 'url', url: `http://127.0.0.1:${port}` })).rejects.toMatchObject({
      code: 'COMFY_REDIRECTED',
    });
    await new Promise((resolve) => redirector.close(resolve));
  });

  it('passes on what the client says of an address where nothing useful answers', async () => {
    const other = createServer((_request, response) => response.end('hello'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    await expect(openEngine({ kind: 'url', url })).rejects.toMatchObject({ code: 'COMFY_REPLY_INVALID' });
    await new Promise((resolve) => other.close(resolve));
    await expect(openEngine({ kind: 'url', url })).rejects.toMatchObject({ code: 'COMFY_UNREACHABLE' });
    await expect(openEngine({ kind: 'url', url: 'gopher://127.0.0.1' })).rejects.toMatchObject({
      code: 'COMFY_URL_INVALID',
    });
  });

  it('gives up when aborted', async () => {
    const signal = AbortSignal.abort(new Error('stop'));
    await expect(openEngine({ kind: 'url', url: server.url }, { signal })).rejects.toThrow('stop');
    await expect(openEngine({ kind: 'embedded' }, { signal })).rejects.toThrow('stop');
  });
});
