import { afterEach, describe, expect, it } from 'vitest';

import { openAnswering } from '../test/answering-server.ts';
import { cancelJob } from './cancel-job.ts';
import { deleteHistory } from './delete-history.ts';
import { freeMemory } from './free-memory.ts';
import { getJob } from './get-job.ts';
import { getLogs } from './get-logs.ts';
import { getQueueRemaining } from './get-queue-remaining.ts';
import { getViewMetadata } from './get-view-metadata.ts';
import { listHistory } from './list-history.ts';
import { probeCapabilities } from './probe-capabilities.ts';
import { uploadImage } from './upload-image.ts';
import { uploadMask } from './upload-mask.ts';
import { viewImage } from './view-image.ts';

const { clientOf, seen, close } = openAnswering();
afterEach(close);

const stats = '{"system":{"comfyui_version":"0.3.64","os":"posix"},"devices":[]}';
const job = '{"id":"j1","status":"completed","create_time":5,"later":1}';

describe('the verbs about the server', () => {
  it('send actions as JSON', async () => {
    const client = await clientOf({ 'POST /free': '', 'POST /history': '' });
    await freeMemory(client, { unloadModels: true });
    await deleteHistory(client, ['p1']);
    expect(seen).toEqual([
      'POST /free application/json {"unload_models":true,"free_memory":false}',
      'POST /history application/json {"delete":["p1"]}',
    ]);
  });

  it('read history, queue length and logs', async () => {
    const client = await clientOf({
      'GET /history?max_items=2&offset=0': '{"b":{"outputs":{}},"a":{"outputs":{}}}',
      'GET /prompt': '{"exec_info":{"queue_remaining":3}}',
      'GET /internal/logs/raw': '{"entries":[{"t":"2026","m":"lora key\\u001b not loaded\\n"}]}',
    });
    expect([...(await listHistory(client, { maxItems: 2, offset: 0 })).keys()]).toEqual(['b', 'a']);
    expect(await getQueueRemaining(client)).toBe(3);
    expect(await getLogs(client)).toEqual([{ time: '2026', text: 'lora key  not loaded' }]);
    expect(await getViewMetadata(client, 'loras', 'x.safetensors')).toBeNull();
  });

  it('tell what a server can do by its answers', async () => {
    const old = { version: '0.3.64', jobsApi: false, previewMetadata: false, maxUploadBytes: null };
    expect(await probeCapabilities(await clientOf({ 'GET /system_stats': stats }))).toEqual(old);
    close();
    const client = await clientOf({
      'GET /system_stats': stats,
      'GET /features': '{"supports_preview_metadata":true,"max_upload_size":9}',
      'GET /api/jobs?limit=1': `{"jobs":[${job}],"pagination":{"total":1,"has_more":false}}`,
      'GET /api/jobs/j1': job,
      'POST /api/jobs/j1/cancel': '{"cancelled":true}',
    });
    const expected = { version: '0.3.64', jobsApi: true, previewMetadata: true, maxUploadBytes: 9 };
    expect(await probeCapabilities(client)).toEqual(expected);
    expect(await getJob(client, 'j1')).toMatchObject({ id: 'j1', createTimeMs: 5, executionEndMs: null });
    expect(await getJob(client, 'j2')).toBeNull();
    expect(await cancelJob(client, 'j1')).toBe(true);
  });

  it('upload under plain names only and ask for previews', async () => {
    const route = 'GET /view?filename=a.png&subfolder=&type=output&preview=webp%3B80&channel=rgb';
    const stored = '{"name":"a (1).png","type":"input"}';
    const client = await clientOf({ 'POST /upload/image': stored, 'POST /upload/mask': stored, [route]: 'x' });
    const bytes = new Uint8Array([65]);
    for (const filename of ['', '..', '/a', 'a\\b', 'a\n'])
      await expect(uploadImage(client, { filename, bytes })).rejects.toMatchObject({ code: 'COMFY_OPTION_INVALID' });
    expect(seen).toEqual([]);
    expect((await uploadImage(client, { filename: 'a.png', bytes })).name).toBe('a (1).png');
    expect(seen[0]).toMatch(/^POST \/upload\/image multipart\/form-data .*name="image"; filename="a.png"/s);
    await uploadMask(client, { filename: 'm.png', bytes }, { filename: 'a (1).png', subfolder: 'x', type: 'input' });
    expect(seen[1]).toContain('{"filename":"a (1).png","subfolder":"x","type":"input"}');
    for (const subfolder of ['..', '/a', 'a//b', 'a/../b', 'a\\b'])
      await expect(uploadImage(client, { filename: 'a', bytes }, { subfolder })).rejects.toThrow('subfolder');
    const preview = { format: 'webp', quality: 80 } as const;
    const image = { filename: 'a.png', subfolder: '', type: 'output' };
    expect((await viewImage(client, image, { preview, channel: 'rgb' })).bytes.length).toBe(1);
  });
});
