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
import { runConformance } from '../src/index.ts';
import { answerFaults } from './answer-faults.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { requestFaults } from './request-faults.ts';
import { socketFaults } from './socket-faults.ts';

const plantedFaults = [...answerFaults, ...requestFaults, ...socketFaults];

let folder: string;
let engine: PixelEngine;
let server: EmbeddedServer;
let proxy: FaultProxy;

const start = (port: number): Promise<EmbeddedServer> =>
  startEmbeddedServer({ engine, outputDirectory: folder, previews: true, port });

async function restart(): Promise<void> {
  await server.close();
  server = await start(server.port);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conformance-faults-'));
  engine = await openPixelEngine();
  server = await start(0);
  proxy = await startFaultProxy(server.url);
});

afterAll(async () => {
  await proxy.close();
  await server.close();
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a server behind a proxy', () => {
  it('passes what is to find faults while the proxy changes nothing', async () => {
    proxy.plant();
    const only = [...new Set(plantedFaults.flatMap(({ found }) => found))];
    const { results } = await runConformance({ url: proxy.url, only, restart });
    expect(results.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
    expect(results).toHaveLength(only.length);
  });

  it.each(plantedFaults)('$name: the checks turn red', async ({ faults, found }) => {
    proxy.plant(faults());
    const { results } = await runConformance({
      url: proxy.url,
      only: found,
      restart,
      patienceMs: 1500,
      modelPatienceMs: 2500,
    });
    proxy.plant();
    expect(results.map(({ id, outcome }) => [id, outcome === 'pass'])).toEqual(results.map(({ id }) => [id, false]));
    expect(results).toHaveLength(found.length);
  });
});
