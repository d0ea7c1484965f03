import type { EmbeddedServer } from '@dgx-pixels/comfy-embedded';
import { findUnexplainedNulls, sha256Hex } from '@dgx-pixels/evidence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFlatServer } from '../test/flat-server.ts';
import { startTamperingProxy } from '../test/tampering-proxy.ts';
import { readTemplate } from '../test/template.ts';
import { checkServer } from './check-server.ts';
import { openEngine } from './open-engine.ts';
import type { EngineCheck } from './server-check.ts';
import type { TextToImageRecipe } from './text-to-image-request.ts';

const recipe: TextToImageRecipe = { checkpoint: 'flat.safetensors', steps: 2, width: 64, height: 128 };
let server: EmbeddedServer;

beforeAll(async () => {
  server = await startFlatServer();
});

afterAll(async () => {
  await server.close();
});

async function check(url: string, changes: TextToImageRecipe = recipe): Promise<EngineCheck> {
  const handle = await openEngine({ kind: 'url', url });
  return checkServer(handle, { workflow: await readTemplate(), recipe: changes });
}

/** Checks through a proxy that changes the answers of one path. */
async function checkTampered(path: string, change: (body: Buffer) => Buffer): Promise<EngineCheck> {
  const proxy = await startTamperingProxy(server.url, (asked, body) => (asked.startsWith(path) ? change(body) : null));
  try {
    return await check(proxy.url);
  } finally {
    await proxy.close();
  }
}

function failed({ payload }: EngineCheck): string[] {
  return payload.checks.filter((statement) => !statement.passed).map((statement) => statement.id);
}

describe('checkServer', () => {
  it('finds every statement true of the embedded server, and keeps the image', async () => {
    const result = await check(server.url);
    const { payload, images } = result;
    expect(failed(result)).toEqual([]);
    expect(payload.checks.map((statement) => statement.id)).toEqual([
      'answersSystemStats',
      'offersTextToImageNodes',
      'listsCheckpoint',
      'hasNoHistoryOfUnknownPrompts',
      'refusesUnknownNodes',
      'completesTextToImage',
      'runsSamplerDecoderAndWriter',
      'savesRequestedImages',
    ]);
    expect(payload.textToImage?.images).toEqual([
      {
        path: 'images/engine-check-1.png',
        width: 64,
        height: 128,
        bytes: images[0]?.data.length,
        sha256: sha256Hex(images[0]?.data ?? ''),
      },
    ]);
    expect(payload.nodeClasses).toBeGreaterThanOrEqual(7);
    expect(findUnexplainedNulls(payload, payload.missing)).toEqual([]);
  });

  it('makes a new image each time', async () => {
    const [first, second] = [await check(server.url), await check(server.url)];
    expect(failed(second)).toEqual([]);
    expect(first.payload.textToImage?.promptId).not.toBe(second.payload.textToImage?.promptId);
  });

  it('reports a checkpoint that the server lacks, and the run that fails for it', async () => {
    const result = await check(server.url, { ...recipe, checkpoint: 'sd_xl_base_1.0.safetensors' });
    expect(failed(result)).toEqual([
      'listsCheckpoint',
      'completesTextToImage',
      'runsSamplerDecoderAndWriter',
      'savesRequestedImages',
    ]);
    expect(result.payload.textToImage).toBeNull();
    expect(result.payload.missing).toHaveProperty('textToImage');
    expect(findUnexplainedNulls(result.payload, result.payload.missing)).toEqual([]);
  });

  it('does not believe that nodes ran when no event said so', async () => {
    const result = await checkTampered('/nowhere', (body) => body);
    expect(failed(result)).toEqual(['runsSamplerDecoderAndWriter']);
  });

  it('notices a damaged image', async () => {
    const result = await checkTampered('/view', (body) => body.subarray(0, -5));
    expect(failed(result)).toContain('savesRequestedImages');
    expect(result.images).toEqual([]);
    expect(result.payload.textToImage).toBeNull();
  });

  it('notices a server without the nodes', async () => {
    const result = await checkTampered('/object_info', (body) => {
      const classes = Object.entries(JSON.parse(body.toString('utf8')) as object);
      return Buffer.from(JSON.stringify(Object.fromEntries(classes.filter(([name]) => name !== 'KSampler'))));
    });
    expect(result.payload.checks).toContainEqual({
      id: 'offersTextToImageNodes',
      passed: false,
      detail: 'missing: KSampler',
    });
  });

  it('refuses a template of another shape', async () => {
    const handle = await openEngine({ kind: 'url', url: server.url });
    const { '5': sampler, ...rest } = await readTemplate();
    for (const workflow of [
      rest,
      { ...rest, '5': { class_type: 'KSamplerAdvanced', inputs: sampler?.inputs ?? {} } },
    ]) {
      await expect(checkServer(handle, { workflow })).rejects.toMatchObject({ code: 'ENGINE_HOST_TEMPLATE_UNUSABLE' });
    }
  });

  it('stops when aborted', async () => {
    const handle = await openEngine({ kind: 'url', url: server.url });
    const controller = new AbortController();
    const onProgress = (step: string): void => {
      if (step === 'making an image') controller.abort(new Error('stop'));
    };
    const workflow = await readTemplate();
    await expect(checkServer(handle, { workflow, recipe, signal: controller.signal, onProgress })).rejects.toThrow(
      'stop',
    );
  });
});
