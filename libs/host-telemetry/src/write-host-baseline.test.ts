import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hardwareBaselineSchema, readLatest } from '@dgx-pixels/evidence';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { acquireMachineLock } from './lock/acquire-machine-lock.ts';
import { writeHostBaseline } from './write-host-baseline.ts';

let workspaceRoot = '';
const baselinePath = () => join(workspaceRoot, 'bench/baselines/hardware_baseline.json');
const latest = () => join(workspaceRoot, 'bench/results/foundation/embedded/latest');
const lockDirectory = () => join(workspaceRoot, 'lock');
const measure = (signal?: AbortSignal, onProgress?: () => void) =>
  writeHostBaseline({
    workspaceRoot,
    profile: 'embedded',
    gemmBudgetMs: 100,
    lockTimeoutMs: 0,
    lockDirectory: lockDirectory(),
    signal,
    onProgress,
  });

beforeEach(async () => {
  workspaceRoot = await mkdtemp(join(tmpdir(), 'host-baseline-'));
  await writeFile(join(workspaceRoot, 'package.json'), '{"version":"1.2.3"}');
});

afterEach(() => rm(workspaceRoot, { recursive: true, force: true }));

const missing = (path: string) =>
  access(path).then(
    () => false,
    () => true,
  );

describe('writeHostBaseline', () => {
  it('writes a sealed record and the baseline in the Foundation shape, of this very host', async () => {
    const written = await measure();
    const { records, faults } = await readLatest(latest());
    expect(faults).toEqual([]);
    expect(records.map((entry) => entry.record.id)).toEqual([written.record.id]);
    expect(written.record.tool.version).toBe('1.2.3');
    expect(written.record.payload.gemm?.gflops.median).toBeGreaterThan(0);

    const file: unknown = JSON.parse(await readFile(baselinePath(), 'utf8'));
    const schema = hardwareBaselineSchema.extend({ missing: z.record(z.string(), z.string()) });
    const baseline = schema.parse(file);
    expect(baseline.missing['memory.bandwidth_gbs']).toContain('not measured');
    expect(baseline.cpu.threads).toBe(written.record.host.cpuCount);
    expect(await readdir(join(workspaceRoot, 'bench/results/store/foundation'))).toContain('embedded.jsonl');
  });

  it('leaves no older result when another measurement holds the machine', async () => {
    await mkdir(join(latest()), { recursive: true });
    await writeFile(join(latest(), 'seal.json'), '{}');
    await mkdir(join(workspaceRoot, 'bench/baselines'), { recursive: true });
    await writeFile(baselinePath(), '{}');
    const lock = await acquireMachineLock({ directory: lockDirectory(), purpose: 'other', timeoutMs: 0 });
    await expect(measure()).rejects.toMatchObject({ code: 'HOST_BUSY' });
    await lock.release();
    expect(await missing(latest())).toBe(true);
    expect(await missing(baselinePath())).toBe(true);
  });

  it('writes nothing when interrupted, and gives the lock back', async () => {
    const controller = new AbortController();
    const run = measure(controller.signal, () => controller.abort(new Error('interrupted')));
    await expect(run).rejects.toThrow('interrupted');
    expect(await missing(latest())).toBe(true);
    expect(await missing(baselinePath())).toBe(true);
    const lock = await acquireMachineLock({ directory: lockDirectory(), purpose: 'next', timeoutMs: 0 });
    expect(lock.token).toBe(2);
    await lock.release();
  });
});
