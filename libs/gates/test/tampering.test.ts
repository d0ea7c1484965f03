import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  appendToStore,
  describeArtifact,
  type EvidenceRecord,
  formatSampleRows,
  parseSampleRows,
  readLatest,
  writeLatest,
} from '@dgx-pixels/evidence';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeGate, renderVerdict } from '../src/index.ts';
import { Bench, blocks, namedFiles } from './judging.ts';
import { MeasuredWorkspace } from './measured-workspace.ts';

const bench = new Bench();

describe('judgeGate after tampering', () => {
  let intact: MeasuredWorkspace;
  beforeAll(async () => {
    intact = await MeasuredWorkspace.measured();
  });
  afterAll(() => intact.remove());

  const tampered = [
    'bench/results/ws-04/embedded/latest/engine-check.json',
    'bench/results/ws-04/embedded/latest/images/check.png',
    'bench/results/ws-04/embedded/latest/seal.json',
    'bench/results/ws-05/embedded/latest/128-single.json',
    'bench/results/ws-05/embedded/latest/256-batch8.samples.jsonl',
    'bench/results/ws-05/embedded/latest/128-batch8/0000-0.png',
    'bench/results/ws-05/embedded/latest/seal.json',
  ];

  it('never passes after one byte of any file was changed, and names it', async () => {
    const originals = await Promise.all(tampered.map((path) => readFile(join(intact.root, path))));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(tampered.length - 1),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (which, at, flip) => {
          const [path, original] = [tampered[which]!, originals[which]!];
          const changed = Buffer.from(original);
          changed[at % changed.length]! ^= flip;
          await writeFile(join(intact.root, path), changed);
          const verdict = await judgeGate({ workspaceRoot: intact.root, gate: 'm1', profile: 'embedded' });
          await writeFile(join(intact.root, path), original);
          expect([verdict.result, verdict.exitCode]).toEqual(['fail', 6]);
          const name = path.includes('seal') ? 'seal.json' : path;
          expect(renderVerdict(verdict)).toContain(name);
        },
      ),
      { numRuns: 60 },
    );
    expect((await judgeGate({ workspaceRoot: intact.root, gate: 'm1', profile: 'embedded' })).result).toBe('pass');
  });

  it('names a removed artifact and a deleted sample row', async () => {
    await bench.judgeMeasured({});
    await rm(join(bench.workspace.root, tampered[5]!));
    await bench.workspace.edit(tampered[4]!, (text) => text.slice(text.indexOf('\n') + 1));
    const verdict = await bench.judge();
    expect([verdict.result, verdict.exitCode]).toEqual(['fail', 6]);
    expect(namedFiles(verdict)).toEqual(expect.arrayContaining([tampered[4], tampered[5]]));
  });

  /** Seals the ws-05 folder anew after an edit, as a forger who knows the format would. */
  async function forge(change: (name: string, record: EvidenceRecord, rows: string) => string): Promise<void> {
    const directory = bench.workspace.latest('ws-05');
    const { records, artifacts } = await readLatest(directory);
    const files = new Map<string, Uint8Array | string>(artifacts);
    const forged = records.map(({ name, record }) => {
      const path = `${name}.samples.jsonl`;
      const copy = structuredClone(record);
      const rows = change(name, copy, Buffer.from(artifacts.get(path)!).toString('utf8'));
      files.set(path, rows);
      return {
        name,
        record: {
          ...copy,
          artifacts: copy.artifacts.map((ref) => (ref.path === path ? describeArtifact(path, rows) : ref)),
        },
      };
    });
    await writeLatest({ directory, records: forged, artifacts: [...files].map(([path, data]) => ({ path, data })) });
  }
  it('recomputes numbers of a folder that was sealed anew', async () => {
    await bench.judgeMeasured({});
    await forge((name, record, rows) => {
      if (name === '256-single' && 'latencyMs' in record.payload) record.payload.latencyMs.median = 1;
      return rows;
    });
    const verdict = await bench.judge();
    expect([blocks(verdict), verdict.exitCode]).toEqual([['numbers-recompute'], 6]);
    expect(renderVerdict(verdict)).toContain('256-single.json: latencyMs.median is 1, the samples give 602');
  });

  it('finds a row that was taken out of a folder that was sealed anew', async () => {
    await bench.judgeMeasured({});
    await forge((name, _record, text) => {
      const { rows } = parseSampleRows(text);
      return name === '128-single' ? formatSampleRows(rows.slice(0, -1)) : text;
    });
    expect(blocks(await bench.judge())).toContain('numbers-recompute');
  });

  it('compares with the store: a record that was forged throughout still differs from its line', async () => {
    await bench.judgeMeasured({});
    const { records } = await readLatest(bench.workspace.latest('ws-05'));
    const store = join(bench.workspace.root, 'bench/results/store');
    for (const { record } of records) await appendToStore(store, record);
    expect((await bench.judge()).result).toBe('pass');
    await forge((name, record, rows) => {
      if (name === '128-single' && 'loadAverage' in record.payload) record.payload.loadAverage.before = 0.5;
      return rows;
    });
    const verdict = await bench.judge();
    expect([blocks(verdict), verdict.exitCode]).toEqual([['records-are-intact'], 6]);
    expect(renderVerdict(verdict)).toContain('bench/results/store/ws-05/embedded.jsonl');
  });

  it('does not pass with an edited store', async () => {
    await bench.judgeMeasured({});
    const { records } = await readLatest(bench.workspace.latest('ws-05'));
    for (const { record } of records) await appendToStore(join(bench.workspace.root, 'bench/results/store'), record);
    await bench.workspace.edit('bench/results/store/ws-05/embedded.jsonl', (text) =>
      text.replace('"before":0', '"before":9'),
    );
    expect(blocks(await bench.judge())).toEqual(['records-are-intact']);
  });

  it('does not take evidence of another profile or workstream', async () => {
    await bench.judgeMeasured({});
    const { records, artifacts } = await readLatest(bench.workspace.latest('ws-05'));
    await writeLatest({
      directory: bench.workspace.latest('ws-05', 'comfyui'),
      records: records.map(({ name, record }) => ({ name, record })),
      artifacts: [...artifacts].map(([path, data]) => ({ path, data })),
    });
    const verdict = await bench.judge('m1', 'comfyui');
    expect(verdict.result).toBe('fail');
    expect(blocks(verdict)).toContain('records-are-intact');
  });
});
