import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedServer } from '@dgx-pixels/comfy-embedded';
import { readLatest, readStore, sha256Hex } from '@dgx-pixels/evidence';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startFlatServer } from '../test/flat-server.ts';
import { workspaceRoot as realRoot } from '../test/template.ts';
import { writeEngineCheck, type WriteEngineCheckOptions } from './write-engine-check.ts';

const template = 'bench/workflows/txt2img.api.json';
let server: EmbeddedServer;
let workspaceRoot: string;

beforeAll(async () => {
  server = await startFlatServer();
});

afterAll(async () => {
  await server.close();
});

beforeEach(async () => {
  workspaceRoot = await mkdtemp(join(tmpdir(), 'dgx-pixels-ws-04-'));
  await mkdir(join(workspaceRoot, 'bench/workflows'), { recursive: true });
  await copyFile(new URL(template, realRoot), join(workspaceRoot, template));
  await writeFile(join(workspaceRoot, 'package.json'), '{"version": "0.0.1"}');
});

afterEach(async () => {
  await rm(workspaceRoot, { recursive: true, force: true });
});

function options(changes: Partial<WriteEngineCheckOptions> = {}): WriteEngineCheckOptions {
  return {
    workspaceRoot,
    profile: 'comfyui',
    engine: { kind: 'url', url: server.url },
    recipe: { checkpoint: 'flat.safetensors', steps: 2 },
    lockDirectory: join(workspaceRoot, 'lock'),
    ...changes,
  };
}

const latest = (): string => join(workspaceRoot, 'bench/results/ws-04/comfyui/latest');

describe('writeEngineCheck', () => {
  it('leaves a sealed record with its image, and a line in the store', async () => {
    const { record, latestDirectory } = await writeEngineCheck(options());
    expect(latestDirectory).toBe(latest());
    const evidence = await readLatest(latestDirectory);
    expect(evidence.faults).toEqual([]);
    expect(evidence.records.map((entry) => entry.record)).toEqual([record]);
    const image = record.payload.textToImage?.images[0];
    expect(sha256Hex(await readFile(join(latest(), image?.path ?? '')))).toBe(image?.sha256);
    expect(record.inputs).toEqual([
      { path: template, sha256: sha256Hex(await readFile(join(workspaceRoot, template))) },
    ]);
    expect(record.engine).toMatchObject({ kind: 'comfyui', version: server.version });
    const store = await readStore(join(workspaceRoot, 'bench/results/store'), {
      workstream: 'ws-04',
      profile: 'comfyui',
    });
    expect(store.faults).toEqual([]);
    expect(store.records.map(({ id }) => id)).toEqual([record.id]);
  });

  it('leaves a record of every template, also of one that cannot be run there', async () => {
    for (const name of ['txt2img', 'txt2img-fast']) {
      for (const file of [`${name}.api.json`, `${name}.parameters.json`]) {
        await copyFile(new URL(`bench/workflows/${file}`, realRoot), join(workspaceRoot, 'bench/workflows', file));
      }
    }
    const { templates } = await writeEngineCheck(options());
    const evidence = await readLatest(latest());
    expect(evidence.faults).toEqual([]);
    expect(evidence.records).toHaveLength(3);
    const [full, fast] = templates.map(({ payload }) => payload);
    expect(full).toMatchObject({ template: 'txt2img', looksChecked: false, images: [{ finished: { width: 16 } }] });
    expect(full?.checks.every(({ passed }) => passed)).toBe(true);
    expect(full?.parameters['checkpoint']).toBe('flat.safetensors');
    // The engine without a model knows one sampler.
    expect(fast).toMatchObject({ template: 'txt2img-fast', run: null, images: [] });
    expect(fast?.missing['run']).toContain('sampler_name');
  });

  it('refuses a template that does not describe its workflow, before the engine is asked', async () => {
    await writeFile(join(workspaceRoot, 'bench/workflows/txt2img.parameters.json'), '{"workflow": 1}');
    await expect(writeEngineCheck(options())).rejects.toMatchObject({ code: 'ENGINE_HOST_TEMPLATE_UNUSABLE' });
    await expect(readdir(latest())).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('writes down checks that did not hold', async () => {
    const { record } = await writeEngineCheck(options({ recipe: { checkpoint: 'absent.safetensors' } }));
    expect(record.payload.textToImage).toBeNull();
    expect(record.artifacts).toEqual([]);
    expect((await readLatest(latest())).faults).toEqual([]);
  });

  it('leaves nothing of an earlier check when it fails', async () => {
    await writeEngineCheck(options());
    const dead = { kind: 'url', url: 'http://127.0.0.1:1' } as const;
    await expect(writeEngineCheck(options({ engine: dead }))).rejects.toMatchObject({ code: 'COMFY_UNREACHABLE' });
    await expect(readdir(latest())).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('leaves nothing when aborted, and gives the lock back', async () => {
    await writeEngineCheck(options());
    const controller = new AbortController();
    const onProgress = (step: string): void => {
      if (step === 'making an image') controller.abort(new Error('stop'));
    };
    await expect(writeEngineCheck(options({ signal: controller.signal, onProgress }))).rejects.toThrow('stop');
    await expect(readdir(latest())).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(writeEngineCheck(options({ lockTimeoutMs: 0 }))).resolves.toBeDefined();
  });

  it('refuses a template that is missing, no JSON, or the format of the editor', async () => {
    for (const text of [null, '{', '{"nodes": []}']) {
      if (text === null) await rm(join(workspaceRoot, template));
      else await writeFile(join(workspaceRoot, template), text);
      await expect(writeEngineCheck(options())).rejects.toMatchObject({ code: 'ENGINE_HOST_TEMPLATE_UNUSABLE' });
    }
  });

  it('refuses a profile name that leaves the results', async () => {
    await expect(writeEngineCheck(options({ profile: '../../..' }))).rejects.toMatchObject({
      code: 'ENGINE_HOST_PROFILE_INVALID',
    });
    expect(await readFile(join(workspaceRoot, template), 'utf8')).toContain('KSampler');
  });
});
