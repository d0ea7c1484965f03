import { totalmem } from 'node:os';
import { describe, expect, it } from 'vitest';
import { getJson } from './raw-client.ts';
import { openTestServer } from './server-fixture.ts';

const classNames = [
  'CLIPTextEncode',
  'CheckpointLoaderSimple',
  'EmptyLatentImage',
  'KSampler',
  'PreviewImage',
  'SaveImage',
  'VAEDecode',
];

describe('what a server tells about itself', () => {
  it('lists its node classes, all or one, with and without /api', async () => {
    const { url } = await openTestServer();
    const all = (await getJson(`${url}/object_info`)) as Record<string, unknown>;
    expect(Object.keys(all)).toEqual(expect.arrayContaining(classNames));
    expect(await getJson(`${url}/api/object_info/KSampler`)).toEqual({ KSampler: all['KSampler'] });
    expect(await getJson(`${url}/object_info/Nope`)).toEqual({});
  });

  it('lists its models', async () => {
    const { url, checkpointName } = await openTestServer();
    expect(await getJson(`${url}/models/checkpoints`)).toEqual([checkpointName]);
    expect(await getJson(`${url}/models/loras`)).toEqual([]);
    expect(await getJson(`${url}/models`)).toContain('checkpoints');
    expect(await getJson(`${url}/embeddings`)).toEqual([]);
    expect((await fetch(`${url}/models/nope`)).status).toBe(404);
    expect((await fetch(`${url}/models/..%2f..`)).status).toBe(404);
  });

  it('tells version, memory and model, and nothing about the host’s paths', async () => {
    const { url, version, modelSha256 } = await openTestServer();
    expect(await getJson(`${url}/system_stats`)).toMatchObject({
      system: {
        comfyui_version: version,
        ram_total: totalmem(),
        python_version: null,
        argv: [],
        model_sha256: [modelSha256],
      },
      devices: [{ name: 'cpu', type: 'cpu', index: null, vram_total: totalmem() }],
    });
    expect(version).toMatch(/^0\.3\.64\+/);
    expect(await getJson(`${url}/features`)).toMatchObject({
      supports_preview_metadata: true,
      max_upload_size: 32 * 1024 * 1024,
    });
  });

  it.each([
    ['GET', '/', 404],
    ['GET', '/nope', 404],
    ['GET', '/history/%ff', 404],
    ['GET', '/interrupt', 405],
    ['PUT', '/prompt', 405],
    ['DELETE', '/history', 405],
    ['OPTIONS', '/prompt', 200],
    ['HEAD', '/prompt', 200],
    ['GET', '/apiprompt', 404],
  ])('answers %s %s with %i', async (method, path, status) => {
    const { url } = await openTestServer();
    expect((await fetch(url + path, { method })).status).toBe(status);
  });
});
