import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startProtocolServer, type ProtocolServer } from '../test/protocol-server.ts';
import {
  cancelPrompt,
  createComfyClient,
  deleteFromQueue,
  getHistory,
  getObjectInfo,
  getQueue,
  getSystemStats,
  interruptPrompt,
  listModels,
  queuePrompt,
  viewImage,
  type ComfyClient,
} from './index.ts';

let server: ProtocolServer;
let client: ComfyClient;

beforeAll(async () => {
  server = await startProtocolServer({ onPrompt: (exchange) => exchange.accept() });
  client = createComfyClient({ url: `${server.url}/` });
});

afterAll(async () => {
  await server.close();
  expect(server.violations).toEqual([]);
});

describe('the verbs', () => {
  it('read the server', async () => {
    expect(await getSystemStats(client)).toEqual({
      comfyuiVersion: '0.3.64',
      os: 'posix',
      pythonVersion: '3.12',
      pytorchVersion: null,
      ramTotalBytes: 16e9,
      ramFreeBytes: 8e9,
      argv: ['main.py'],
      devices: [{ name: 'cpu', type: 'cpu', index: null, vramTotalBytes: 16e9, vramFreeBytes: 8e9 }],
    });
    expect(await listModels(client, 'checkpoints')).toEqual(['pixel.safetensors']);
    expect(await getObjectInfo(client)).toMatchObject({ SaveImage: { output_node: true, category: 'image' } });
    expect(Object.keys(await getObjectInfo(client, { nodeClass: 'SaveImage' }))).toEqual(['SaveImage']);
    await expect(listModels(client, 'no/such')).rejects.toMatchObject({ details: { status: 404 } });
  });

  it('list waiting prompts in order of execution', async () => {
    for (const number of [3, -1, 2]) server.pending.set(`p${number}`, [number, `p${number}`, {}, {}, []]);
    expect((await getQueue(client)).pending.map((item) => item.promptId)).toEqual(['p-1', 'p2', 'p3']);
    await deleteFromQueue(client, ['p-1', 'p2', 'p3', 'unknown']);
    expect(await getQueue(client)).toEqual({ running: [], pending: [] });
  });

  it('tell unknown history by null', async () => {
    expect(await getHistory(client, 'toString')).toBeNull();
  });

  it('take answers with an empty body', async () => {
    await interruptPrompt(client, 'p1');
    expect(server.interrupted).toEqual(['p1']);
    expect(await cancelPrompt(client, 'p9')).toBe(false);
    expect(server.interrupted).toEqual(['p1']);
  });

  it('submit under an id of their own', async () => {
    const result = await queuePrompt(client, { '1': { class_type: 'SaveImage', inputs: {} } });
    expect(result).toEqual({
      status: 'accepted',
      promptId: server.exchanges.at(-1)?.promptId,
      number: 0,
      nodeErrors: {},
    });
  });

  it('download files whatever their names', async () => {
    const image = { filename: 'pixel ü&#1?.png', subfolder: 'a/b c', type: 'output' };
    const { bytes, contentType } = await viewImage(client, image);
    expect([...bytes]).toEqual([137, 80, 78, 71]);
    expect(contentType).toBe('image/png');
    await expect(viewImage(client, { ...image, filename: 'gone.png' })).rejects.toMatchObject({
      code: 'COMFY_HTTP_STATUS',
      details: { status: 404, bodyKind: 'text' },
    });
  });
});
