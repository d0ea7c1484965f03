import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { getJson, openEventLog, post, submit, waitForHistory } from './raw-client.ts';
import { openTestServer, temporaryDirectory } from './server-fixture.ts';
import { textToImageGraph } from './text-to-image-graph.ts';

interface RawLog {
  readonly entries: readonly { readonly t: string; readonly m: string }[];
  readonly size: unknown;
}

async function logLines(url: string): Promise<readonly string[]> {
  return ((await getJson(`${url}/internal/logs/raw`)) as RawLog).entries.map(({ m }) => m);
}

async function subscribe(url: string, clientId: string, enabled: boolean): Promise<number> {
  const body = JSON.stringify({ clientId, enabled });
  return (await fetch(`${url}/internal/logs/subscribe`, { method: 'PATCH', body })).status;
}

describe('/internal/logs', () => {
  it('tell what the server did, line by line and as one text', async () => {
    const { url } = await openTestServer();
    await waitForHistory(url, await submit(url, textToImageGraph()));
    await post(`${url}/interrupt`, { prompt_id: 'absent\n' });
    const lines = await logLines(url);
    expect(lines).toContain('got prompt\n');
    expect(lines.some((line) => /^Prompt executed in \d+\.\d\d seconds\n$/.test(line))).toBe(true);
    expect(lines).toContain('interrupt of absent : not running\n');
    expect(await getJson(`${url}/internal/logs`)).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+ - serving /);
  });

  it('keep the latest 300 lines', async () => {
    const { url } = await openTestServer();
    for (let count = 0; count < 305; count += 1) await post(`${url}/interrupt`, { prompt_id: String(count) });
    const lines = await logLines(url);
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([
      300,
      'interrupt of 5: not running\n',
      'interrupt of 304: not running\n',
    ]);
  });

  it('come over the socket to those that subscribed, until they have enough', async () => {
    const { url } = await openTestServer();
    const log = await openEventLog(url, 'mine');
    expect(await subscribe(url, 'mine', true)).toBe(200);
    expect(await subscribe(url, 'absent', true)).toBe(200);
    await post(`${url}/interrupt`, { prompt_id: 'one' });
    const { data } = await log.until(({ type }) => type === 'logs');
    expect(data['entries']).toMatchObject([{ m: 'interrupt of one: not running\n' }]);
    await subscribe(url, 'mine', false);
    await post(`${url}/interrupt`, { prompt_id: 'two' });
    await waitForHistory(url, await submit(url, textToImageGraph(), { client_id: 'mine' }));
    expect(log.events.filter(({ type }) => type === 'logs')).toHaveLength(1);
    expect((await fetch(`${url}/internal/logs/subscribe`, { method: 'PATCH', body: '{}' })).status).toBe(400);
  });
});

function safetensors(header: string): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, Buffer.from(header)]);
}

describe('models', () => {
  async function modelServer(): Promise<string> {
    const modelsDirectory = await temporaryDirectory();
    await mkdir(join(modelsDirectory, 'loras', 'sub'), { recursive: true });
    await mkdir(join(modelsDirectory, 'embeddings'));
    const files = {
      'loras/pixel.safetensors': safetensors('{"__metadata__":{"ss_network_dim":"8"}}'),
      'loras/sub/bird.safetensors': safetensors('{}'),
      'loras/damaged.safetensors': safetensors('{"__metadata__":'),
      'loras/huge.safetensors': Buffer.from([255, 255, 255, 255, 255, 255, 255, 127]),
      'loras/short.safetensors': Buffer.from([1]),
      'loras/pickle.pt': Buffer.from('x'),
      'embeddings/style.safetensors': safetensors('{}'),
    };
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(modelsDirectory, name), bytes);
    return (await openTestServer({ modelsDirectory })).url;
  }

  it('are listed by folder, weights that can run nothing only', async () => {
    const url = await modelServer();
    expect(await getJson(`${url}/models/loras`)).toEqual([
      'damaged.safetensors',
      'huge.safetensors',
      'pixel.safetensors',
      'short.safetensors',
      'sub/bird.safetensors',
    ]);
    expect(await getJson(`${url}/models/vae`)).toEqual([]);
    expect(await getJson(`${url}/embeddings`)).toEqual(['style']);
  });

  it('tell their metadata', async () => {
    const url = await modelServer();
    expect(await getJson(`${url}/view_metadata/loras?filename=pixel.safetensors`)).toEqual({ ss_network_dim: '8' });
  });

  it.each(['sub/bird', 'damaged', 'huge', 'short', '../loras/pixel', 'absent'])(
    'without readable metadata are 404: %s',
    async (name) => {
      const url = await modelServer();
      const query = new URLSearchParams({ filename: `${name}.safetensors` });
      expect((await fetch(`${url}/view_metadata/loras?${query.toString()}`)).status).toBe(404);
    },
  );
});
