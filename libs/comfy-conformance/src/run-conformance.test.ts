import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EmbeddedServer,
  openPixelEngine,
  type PixelEngine,
  startEmbeddedServer,
} from '@dgx-pixels/comfy-embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { conformanceAreas, conformanceChecks, runConformance } from './index.ts';

describe('the checks', () => {
  it('have names and areas of the closed sets, in the order of the areas', () => {
    const ids = conformanceChecks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^[a-z]+(-[a-z0-9]+)+$/.test(id))).toEqual([]);
    const places = conformanceChecks.map(({ area }) => conformanceAreas.indexOf(area));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(new Set(places).size).toBe(conformanceAreas.length);
  });
});

describe('runConformance on the embedded server', () => {
  let folder: string;
  let engine: PixelEngine;
  let server: EmbeddedServer;
  const start = (port: number): Promise<EmbeddedServer> =>
    startEmbeddedServer({ engine, outputDirectory: folder, previews: true, jobsApi: true, rules: '0.3.64', port });
  const restart = async (): Promise<void> => {
    await server.close();
    server = await start(server.port);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'conformance-'));
    engine = await openPixelEngine();
    server = await start(0);
  });

  afterAll(async () => {
    await server.close();
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('finds that every statement holds', async () => {
    const told: string[] = [];
    const { url } = server;
    const report = await runConformance({ url, restart, onProgress: ({ id }) => told.push(id) });
    expect(report.results.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
    expect(report.results.map(({ id }) => id)).toEqual(conformanceChecks.map(({ id }) => id));
    expect(told).toEqual(conformanceChecks.map(({ id }) => id));
    expect(report.checkpoint).toBe(server.checkpointName);
  });

  it('leaves nothing of its own in queue and history', async () => {
    const { url } = server;
    await runConformance({ url, only: ['submission', 'cancel'] });
    expect(await (await fetch(`${url}/history`)).json()).toEqual({});
    await expect
      .poll(async () => (await fetch(`${url}/queue`)).json(), { timeout: 10_000 })
      .toEqual({
        queue_running: [],
        queue_pending: [],
      });
  });

  it('says of what cannot be asked that it is not available', async () => {
    const plain = await startEmbeddedServer({ engine, outputDirectory: folder });
    try {
      const only = ['previews', 'restart'];
      const { results } = await runConformance({ url: plain.url, only });
      expect(results.map(({ id, outcome }) => [id, outcome])).toEqual([
        ['websocket-image-comes-as-a-frame', 'pass'],
        ['sampler-previews-are-pictures', 'not-available'],
        ['negotiated-previews-name-their-prompt', 'not-available'],
        ['restart-forgets-queue-and-history', 'not-available'],
        ['restart-keeps-outputs-and-empties-temp', 'not-available'],
      ]);
    } finally {
      await plain.close();
    }
  });

  it('says of a model that cannot sample that it is not available, and why', async () => {
    const { results } = await runConformance({ url: server.url, only: ['sampling'], checkpoint: 'absent.safetensors' });
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['not-available']));
  });

  it('runs the named areas and checks only, and refuses other names', async () => {
    const { results } = await runConformance({ url: server.url, only: ['view', 'unknown-path-is-404'] });
    expect(results[0]?.id).toBe('unknown-path-is-404');
    expect(new Set(results.slice(1).map(({ area }) => area))).toEqual(new Set(['view']));
    await expect(runConformance({ url: server.url, only: ['views'] })).rejects.toMatchObject({
      code: 'COMFY_CONFORMANCE_OPTION_INVALID',
    });
  });

  it('ends with the reason of the signal', async () => {
    const controller = new AbortController();
    const run = runConformance({
      url: server.url,
      signal: controller.signal,
      onProgress: (_check, index) => {
        if (index === 30) controller.abort(new Error('enough'));
      },
    });
    await expect(run).rejects.toThrow('enough');
  });
});
