import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createRecord,
  deriveBenchmark,
  describeArtifact,
  formatSampleRows,
  type NamedRecord,
  type SampleRow,
  sha256Hex,
  writeLatest,
} from '@dgx-pixels/evidence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pickPictures } from '../src/pick-pictures.ts';

const digest = sha256Hex('x');
let folder: string;
let latest: string;

/** A benchmark of `runs` runs whose images are all kept. */
function benchmark(name: string, side: number, batchSize: number, runs: number) {
  const images = (index: number) =>
    Array.from({ length: batchSize }, (_, position) => ({
      path: `images/${name}/${index}-${position}.png`,
      data: `image ${name} ${index} ${position}`,
    }));
  const rows: SampleRow[] = Array.from({ length: runs }, (_, index) => ({
    index,
    seed: String(index),
    promptId: `${name}-${index}`,
    prompt: `prompt ${index}`,
    startedAt: '2026-01-01T00:00:00.000Z',
    clientMs: 100,
    serverMs: null,
    nodeMs: {},
    cachedNodes: [],
    images: images(index).map(({ path, data }) => {
      const hash = sha256Hex(data);
      return { sha256: hash, pixelsSha256: hash, width: side, height: side, blank: false, path };
    }),
    failure: null,
  }));
  const samples = { path: `samples/${name}.jsonl`, data: formatSampleRows(rows) };
  const artifacts = [samples, ...rows.flatMap(({ index }) => images(index))];
  const scenario = { name, checkpoint: 'c', dtype: 'float32', width: side, height: side, batchSize, steps: 8, cfg: 1 };
  const file = { path: 'bench/x.toml', sha256: digest };
  const record = createRecord({
    kind: 'benchmark',
    profile: 'embedded',
    workstream: 'ws-05',
    origin: 'simulated',
    tool: { version: '0.1.0', gitSha: null, dirty: null },
    host: {
      hostIdSha256: digest,
      platform: 'linux',
      arch: 'x64',
      cpuModel: '',
      cpuCount: 1,
      memoryTotalBytes: 1,
      kernel: '',
      gpuName: null,
    },
    engine: null,
    inputs: [],
    artifacts: artifacts.map(({ path, data }) => describeArtifact(path, data)),
    payload: {
      scenario: { ...scenario, sampler: 'euler', scheduler: 'normal' },
      files: { profile: file, definition: file, workflow: file, policy: file },
      plan: { warmupRuns: 0, measuredRuns: runs, firstSeed: '0', mustRunNodes: ['5'] },
      warmupMs: [],
      samples: { path: samples.path, count: runs },
      ...deriveBenchmark(rows, scenario, ['5']),
      memory: { peakProcessBytes: 1, availableDropBytes: 1 },
      loadAverage: { before: 0, after: 0 },
      lock: { token: 0 },
      missing: {},
    },
  });
  return { named: { name, record } satisfies NamedRecord, artifacts };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gate-runner-'));
  latest = join(folder, 'latest');
  const scenarios = [
    benchmark('256-single', 256, 1, 3),
    benchmark('128-batch8', 128, 8, 2),
    benchmark('128-single', 128, 1, 20),
  ];
  await writeLatest({
    directory: latest,
    records: scenarios.map(({ named }) => named),
    artifacts: scenarios.flatMap(({ artifacts }) => artifacts),
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('pickPictures', () => {
  it('takes single images, then one batch, small sizes first', async () => {
    const pictures = await pickPictures(latest);
    const runs = (from: number, to: number) =>
      pictures.slice(from, to).map(({ scenario, prompt }) => `${scenario} ${prompt}`);
    expect(runs(0, 16)).toEqual(Array.from({ length: 16 }, (_, index) => `128-single prompt ${index}`));
    expect(runs(16, 24)).toEqual(Array.from({ length: 8 }, () => '128-batch8 prompt 0'));
    expect(runs(24, 100)).toEqual(['256-single prompt 0', '256-single prompt 1', '256-single prompt 2']);
    expect(Buffer.from(pictures[0]!.bytes).toString()).toBe('image 128-single 0 0');
  });

  it('takes nothing once a file of the folder was changed', async () => {
    await appendFile(join(latest, 'images/256-single/2-0.png'), 'x');
    expect(await pickPictures(latest)).toEqual([]);
  });
});
