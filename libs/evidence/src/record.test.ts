import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  benchmarkRecord,
  engineCheckRecord,
  hostBaselineRecord,
  soundRows,
  templateRunRecord,
} from '../test/sound-records.ts';
import { serverCheckRecord } from '../test/server-check-record.ts';
import { createRecord } from './create-record.ts';
import { recordEnvelopeSchema } from './envelope.ts';
import { parseRecord, recordDigest } from './record.ts';
import { parseSampleRows } from './sample-rows.ts';
import { verifyBenchmark } from './verify-benchmark.ts';

const fixture = (name: string): Promise<string> =>
  readFile(new URL(`../test/fixtures/v1/${name}`, import.meta.url), 'utf8');

describe('parseRecord', () => {
  it.each(['host-baseline', 'engine-check', 'template-run', 'server-check', 'benchmark'])(
    'reads the committed %s record of version 1',
    async (kind) => {
      const value: unknown = JSON.parse(await fixture(`${kind}.json`));
      const parsed = parseRecord(value);
      expect(parsed).toMatchObject({ ok: true, record: { schema: `dgx-pixels/${kind}/v1` } });
      expect(recordEnvelopeSchema.safeParse(value).success).toBe(true);
    },
  );

  it('recomputes the numbers of the committed benchmark', async () => {
    const parsed = parseRecord(JSON.parse(await fixture('benchmark.json')));
    const { rows, problems } = parseSampleRows(await fixture('samples.jsonl'));
    expect(problems).toEqual([]);
    if (!parsed.ok || parsed.record.schema !== 'dgx-pixels/benchmark/v1') throw new Error('fixture is not a benchmark');
    expect(verifyBenchmark(parsed.record, rows)).toEqual([]);
  });

  it('reports every problem at once', () => {
    const parsed = parseRecord({ ...engineCheckRecord(), origin: 'guessed', extra: 1, profile: '../x' });
    expect(parsed.ok).toBe(false);
    const text = parsed.ok ? '' : parsed.problems.join('\n');
    for (const part of ['origin', 'extra', 'profile']) expect(text).toContain(part);
  });

  it('names a schema that is not known', () => {
    const parsed = parseRecord({ ...engineCheckRecord(), schema: 'dgx-pixels/engine-check/v2' });
    expect(parsed).toEqual({ ok: false, problems: ['schema: "dgx-pixels/engine-check/v2" is not known here'] });
  });

  it('refuses a record whose time was moved', () => {
    const moved = { ...hostBaselineRecord(), createdAt: '2027-01-01T00:00:00.000Z' };
    expect(parseRecord(moved)).toMatchObject({ ok: false, problems: [expect.stringContaining('createdAt')] });
  });

  it.each([null, 1, 'text', [], {}])('refuses %j', (value) => {
    expect(parseRecord(value).ok).toBe(false);
  });
});

describe('createRecord', () => {
  it.each([
    ['counts that its results do not have', { counts: { pass: 2, fail: 1, notAvailable: 1, error: 1 } }, 'counts.pass'],
    ['a null without a reason', { missing: {} }, 'missing["system.pytorchVersion"] gives no reason'],
  ])('refuses a server check with %s', (_what, change, problem) => {
    const { profile, workstream, origin, tool, host, engine, inputs, artifacts, payload } = serverCheckRecord();
    const envelope = { profile, workstream, origin, tool, host, engine, inputs, artifacts };
    expect(() => createRecord({ kind: 'serverCheck', ...envelope, payload: { ...payload, ...change } })).toThrow(
      problem,
    );
  });

  it('refuses a failed statement without a word on what was seen', () => {
    const { profile, workstream, origin, tool, host, engine, inputs, artifacts, payload } = serverCheckRecord();
    const envelope = { profile, workstream, origin, tool, host, engine, inputs, artifacts };
    const results = payload.results.map((result) => ({ ...result, detail: '' }));
    expect(() => createRecord({ kind: 'serverCheck', ...envelope, payload: { ...payload, results } })).toThrow(
      'must be empty where the statement holds',
    );
  });

  it('refuses a template run without a sheet and without a reason for that', () => {
    const { profile, workstream, origin, tool, host, engine, inputs, artifacts, payload } = templateRunRecord();
    const envelope = { profile, workstream, origin, tool, host, engine, inputs, artifacts };
    expect(() => createRecord({ kind: 'templateRun', ...envelope, payload: { ...payload, missing: {} } })).toThrow(
      'missing["sheet"] gives no reason',
    );
  });

  it('refuses a null without a reason and names the field', () => {
    const record = hostBaselineRecord();
    const missing = { baseline: 'not measured in this test' };
    const { profile, workstream, origin, tool, host, engine, inputs, artifacts } = record;
    const payload = { ...record.payload, missing };
    expect(() =>
      createRecord({
        kind: 'hostBaseline',
        profile,
        workstream,
        origin,
        tool,
        host,
        engine,
        inputs,
        artifacts,
        payload,
      }),
    ).toThrow(/gpuName: is null.*cudaVersion: is null/s);
  });
});

describe('recordDigest', () => {
  it('does not depend on prev, but on everything else', () => {
    const record = benchmarkRecord();
    expect(recordDigest({ ...record, prev: '0'.repeat(64) })).toBe(recordDigest(record));
    expect(recordDigest({ ...record, profile: 'other' })).not.toBe(recordDigest(record));
  });
});

describe('verifyBenchmark', () => {
  const record = benchmarkRecord();
  const fieldsOf = (rows: typeof soundRows, changed = record): string[] =>
    verifyBenchmark(changed, rows).map((fault) => fault.field);

  it('accepts what deriveBenchmark gave', () => {
    expect(verifyBenchmark(record, soundRows)).toEqual([]);
  });

  it('finds a deleted row', () => {
    expect(fieldsOf(soundRows.slice(0, -1))).toEqual(
      expect.arrayContaining(['samples.count', 'plan.measuredRuns', 'latencyMs.n']),
    );
    expect(fieldsOf([])).toContain('samples');
  });

  it('finds one changed number of the record', () => {
    const latencyMs = { ...record.payload.latencyMs, median: record.payload.latencyMs.median - 0.001 };
    expect(fieldsOf(soundRows, { ...record, payload: { ...record.payload, latencyMs } })).toEqual(['latencyMs.median']);
    const interval = { ...record.payload.latencyMs, ci95: [1, 2] as [number, number] };
    expect(fieldsOf(soundRows, { ...record, payload: { ...record.payload, latencyMs: interval } })).toEqual([
      'latencyMs.ci95.0',
      'latencyMs.ci95.1',
    ]);
  });

  it('counts blank, repeated, wrong and cached images', () => {
    const [first, second, ...rest] = soundRows.map((row) => ({
      ...row,
      images: row.images.map((image) => ({ ...image })),
    }));
    first!.images[0]!.pixelsSha256 = second!.images[0]!.pixelsSha256;
    first!.images[0]!.blank = true;
    second!.images[0]!.width = 64;
    second!.cachedNodes = ['5'];
    expect(fieldsOf([first!, second!, ...rest])).toEqual([
      'imageChecks.wrongSize',
      'imageChecks.blank',
      'imageChecks.repeated',
      'imageChecks.cachedRuns',
    ]);
  });

  it('finds a repeated seed and a repeated prompt', () => {
    const rows = soundRows.map((row, index) => (index === 3 ? { ...row, seed: '1000', promptId: 'prompt-0' } : row));
    expect(verifyBenchmark(record, rows).map((fault) => fault.message)).toEqual([
      'a prompt id occurs twice',
      'a seed occurs twice',
    ]);
  });
});
