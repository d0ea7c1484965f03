import { access, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSampleRows, readLatest, verifyBenchmark } from '@dgx-pixels/evidence';
import { acquireMachineLock } from '@dgx-pixels/host-telemetry';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startScriptedServer } from '../test/scripted-server.ts';
import type { Answer, ScriptedServer, SubmittedPrompt } from '../test/scripted-server.ts';
import { makeWorkspace } from '../test/temporary-workspace.ts';
import type { TemporaryWorkspace } from '../test/temporary-workspace.ts';
import { runBenchmark } from './run-benchmark.ts';
import type { RunBenchmarkOptions } from './run-benchmark.ts';

const tinyDefinition = `analysis = "two tiny scenarios"
prompts = ["a red bird", "a blue fish", "a green tree"]

[[scenario]]
name = "tiny-single"
width = 64
height = 64
batch_size = 1
measured_runs = 3
minimum_seconds = 0
expect = { images = 1, width = 64, height = 64 }

[[scenario]]
name = "tiny-batch"
width = 64
height = 32
batch_size = 2
measured_runs = 2
minimum_seconds = 0
expect = { images = 2, width = 64, height = 32 }
`;

let workspace: TemporaryWorkspace;
let server: ScriptedServer | undefined;

beforeEach(async () => {
  workspace = await makeWorkspace();
  await workspace.write('bench/definitions/sdxl-1024.toml', tinyDefinition);
  // The real model may leave so few cells, after so few steps, in one colour.
  await workspace.write('bench/definitions/sprites.toml', tinyDefinition.replaceAll('height = 32', 'height = 128'));
  await workspace.edit('bench/profiles/embedded.toml', (text) => text.replace(/^steps = .*$/m, 'steps = 8'));
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  await workspace.remove();
});

const latest = (profile = 'comfyui') => join(workspace.root, 'bench/results/ws-05', profile, 'latest');
const lockDirectory = () => join(workspace.root, 'lock');
const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

async function run(
  script?: (prompt: SubmittedPrompt) => Answer | Promise<Answer>,
  options: Partial<RunBenchmarkOptions> = {},
) {
  server = await startScriptedServer(script);
  return runBenchmark({
    workspaceRoot: workspace.root,
    profile: 'comfyui',
    engineUrl: server.url,
    lockTimeoutMs: 0,
    lockDirectory: lockDirectory(),
    ...options,
  });
}

/** What an earlier measurement and a judgement of it left. */
async function leaveOldResults(): Promise<readonly string[]> {
  const old = [join(latest(), 'seal.json'), join(workspace.root, 'bench/results/m1/comfyui/verdict.json')];
  for (const path of old) {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, '{}');
  }
  return old;
}

describe('runBenchmark', () => {
  it('leaves records that follow from the rows beside them', async () => {
    const outcome = await run();
    expect(outcome).toMatchObject({ status: 'measured', latestDirectory: latest() });
    const { records, artifacts, faults } = await readLatest(latest());
    expect(faults).toEqual([]);
    expect(records.map(({ name }) => name).sort()).toEqual(['tiny-batch', 'tiny-single']);
    for (const { record } of records) {
      if (record.schema !== 'dgx-pixels/benchmark/v1') throw new Error(`unexpected ${record.schema}`);
      const text = new TextDecoder().decode(artifacts.get(record.payload.samples.path));
      const { rows, problems } = parseSampleRows(text);
      expect(problems).toEqual([]);
      expect(verifyBenchmark(record, rows)).toEqual([]);
      expect(rows.every((row) => row.images.every((image) => image.path !== null && artifacts.has(image.path)))).toBe(
        true,
      );
      expect(record.payload.imageChecks).toMatchObject({ wrongSize: 0, blank: 0, repeated: 0, cachedRuns: 0 });
      expect(record.payload.files.policy.path).toBe('bench/policies/comfyui.toml');
      expect(record.payload.lock.token).toBe(1);
      expect(record.engine?.kind).toBe('comfyui');
    }
    const chain = await readFile(join(workspace.root, 'bench/results/store/ws-05/comfyui.jsonl'), 'utf8');
    expect(chain.trimEnd().split('\n')).toHaveLength(2);
  });

  it('measures afresh: two measurements share no seed', async () => {
    await run();
    const first = server!.prompts.map((prompt) => prompt.prompt['5']!.inputs['seed']);
    await server!.close();
    await run();
    const second = server!.prompts.map((prompt) => prompt.prompt['5']!.inputs['seed']);
    expect(first).toHaveLength(11);
    expect(new Set([...first, ...second]).size).toBe(22);
  });

  it('records nothing when a run fails, removes old results, and keeps the rows for the reader', async () => {
    const old = await leaveOldResults();
    const script = (prompt: SubmittedPrompt): Answer => (prompt.position === 9 ? { error: 'out of luck' } : {});
    const attempt = run(script);
    await expect(attempt).rejects.toMatchObject({ code: 'BENCH_RUN_FAILED', details: { scenario: 'tiny-batch' } });
    for (const path of old) expect(await isThere(path), path).toBe(false);
    expect(await isThere(latest())).toBe(false);
    expect(await isThere(join(workspace.root, 'bench/results/store'))).toBe(false);
    const failed = await readFile(join(latest(), '../failed/tiny-batch.jsonl'), 'utf8');
    const { rows } = parseSampleRows(failed);
    expect(rows.at(-1)?.failure).toContain('out of luck');

    await server!.close();
    await run();
    expect(await isThere(join(latest(), '../failed'))).toBe(false);
  });

  it('leaves nothing when interrupted during a run, and gives the machine lock back', async () => {
    const old = await leaveOldResults();
    const controller = new AbortController();
    const script = (prompt: SubmittedPrompt): Answer | Promise<Answer> => {
      if (prompt.position !== 4) return {};
      controller.abort(new Error('interrupted'));
      return new Promise<Answer>(() => undefined);
    };
    await expect(run(script, { signal: controller.signal })).rejects.toThrow('interrupted');
    for (const path of old) expect(await isThere(path), path).toBe(false);
    expect(await readdir(join(latest(), '..'))).toEqual([]);
    const lock = await acquireMachineLock({ directory: lockDirectory(), purpose: 'next', timeoutMs: 0 });
    await lock.release();
  });

  it('waits for another measurement and names it', async () => {
    const lock = await acquireMachineLock({ directory: lockDirectory(), purpose: 'foundation', timeoutMs: 0 });
    const stages: string[] = [];
    const attempt = run(undefined, { lockTimeoutMs: 10, onProgress: (progress) => stages.push(progress.stage) });
    await expect(attempt).rejects.toMatchObject({ code: 'HOST_BUSY', details: { holderPid: process.pid } });
    expect(stages).toEqual(['waiting']);
    await lock.release();
  });

  it('refuses an engine without the checkpoint', async () => {
    await workspace.edit('bench/profiles/comfyui.toml', (text) => text.replace('sd_xl_base_1.0', 'sd_xl_other'));
    const attempt = run();
    await expect(attempt).rejects.toMatchObject({ code: 'BENCH_MODEL_MISSING' });
    await expect(attempt).rejects.toThrow('it lists: sd_xl_base_1.0.safetensors');
  });

  it('refuses an address for the embedded engine', async () => {
    await expect(run(undefined, { profile: 'embedded' })).rejects.toMatchObject({ code: 'BENCH_ENGINE_MISMATCH' });
  });

  it('removes old results also when the profile cannot be read any more', async () => {
    const old = await leaveOldResults();
    await workspace.write('bench/profiles/comfyui.toml', 'name = ');
    await expect(run()).rejects.toMatchObject({ code: 'BENCH_PROFILE_INVALID' });
    for (const path of old) expect(await isThere(path), path).toBe(false);
  });

  it('verifies every scenario once, writing and removing nothing', async () => {
    const old = await leaveOldResults();
    expect(await run(undefined, { verifyOnly: true })).toEqual({
      status: 'verified',
      scenarios: ['tiny-single', 'tiny-batch'],
    });
    expect(server!.prompts).toHaveLength(2);
    for (const path of old) expect(await isThere(path), path).toBe(true);
    await server!.close();
    await expect(run(() => ({ files: [] }), { verifyOnly: true })).rejects.toMatchObject({ code: 'BENCH_RUN_FAILED' });
  });

  it('measures the embedded engine, which really draws', async () => {
    const outcome = await runBenchmark({
      workspaceRoot: workspace.root,
      profile: 'embedded',
      lockDirectory: lockDirectory(),
    });
    if (outcome.status !== 'measured') throw new Error('not measured');
    const { faults } = await readLatest(latest('embedded'));
    expect(faults).toEqual([]);
    const [single] = outcome.records;
    expect(single?.engine).toMatchObject({ kind: 'embedded', modelSha256: [expect.stringMatching(/^[0-9a-f]{64}$/)] });
    expect(single?.payload.imageChecks).toMatchObject({
      images: 3,
      wrongSize: 0,
      blank: 0,
      repeated: 0,
      cachedRuns: 0,
    });
    expect(single?.payload.memory.peakProcessBytes).toBeGreaterThan(0);
  });
});
