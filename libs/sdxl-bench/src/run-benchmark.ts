import { randomBytes } from 'node:crypto';
import { engineInfoOf } from '@dgx-pixels/comfy-host';
import type { EngineHandle } from '@dgx-pixels/comfy-host';
import { collectToolInfo } from '@dgx-pixels/evidence';
import type { BenchmarkRecord } from '@dgx-pixels/evidence';
import { acquireMachineLock, readFingerprint } from '@dgx-pixels/host-telemetry';
import { BenchError } from './errors.ts';
import { isProfileName, loadBench } from './load-bench.ts';
import type { LoadedBench } from './load-bench.ts';
import { measureScenario, verifyScenario } from './measure/measure-scenario.ts';
import type { RunProgress, ScenarioMeasurement } from './measure/measure-scenario.ts';
import type { Sample } from './measure/run-sample.ts';
import { openMeasuredEngine } from './open-measured-engine.ts';
import { planRuns } from './plan/plan-runs.ts';
import { recordScenario } from './record/benchmark-record.ts';
import { resultsLayout } from './record/results-layout.ts';
import { clearResults, writeFailure, writeRecords } from './record/write-results.ts';

/** What the bench is doing. */
export type BenchProgress =
  | { readonly stage: 'waiting'; readonly holderPid: number; readonly purpose: string }
  | { readonly stage: 'engine'; readonly url: string; readonly version: string; readonly startMs: number | null }
  | ({ readonly stage: 'run' } & RunProgress);

/** What to measure. */
export interface RunBenchmarkOptions {
  /** Root of the workspace; files of `bench/` are read and results written below it. */
  readonly workspaceRoot: string;
  readonly profile: string;
  /** Another address than the profile's, for profiles of a ComfyUI server. */
  readonly engineUrl?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: BenchProgress) => void) | undefined;
  /** Run each scenario once and check its answer; nothing is timed, recorded or removed. */
  readonly verifyOnly?: boolean | undefined;
  /** Longest wait for the machine lock in ms; 300 000 by default. */
  readonly lockTimeoutMs?: number | undefined;
  /** Directory of the machine lock; by default the one all of this machine's measurements share. */
  readonly lockDirectory?: string | undefined;
}

/** Records of a measurement, or the scenarios whose answer was checked. */
export type BenchOutcome =
  | { readonly status: 'measured'; readonly records: readonly BenchmarkRecord[]; readonly latestDirectory: string }
  | { readonly status: 'verified'; readonly scenarios: readonly string[] };

/**
 * The `ws-05` measurement: opens the engine of a profile, runs every scenario of its definition under the machine lock,
 * checks every image, and writes one record a scenario. What an earlier measurement wrote goes first, and any failed run
 * ends the measurement without a record, so that what lies in `latest` always came from a whole, sound run.
 *
 * @throws BenchError; HostTelemetryError HOST_BUSY; errors of comfy-host, comfy-client and evidence; the signal's reason on abort
 */
export async function runBenchmark(options: RunBenchmarkOptions): Promise<BenchOutcome> {
  const { workspaceRoot, signal } = options;
  signal?.throwIfAborted();
  if (options.verifyOnly === true) return verifyAll(await loadBench(workspaceRoot, options.profile), options);
  const layout = resultsLayout(workspaceRoot, options.profile);
  if (isProfileName(options.profile)) await clearResults(layout);
  const bench = await loadBench(workspaceRoot, options.profile);
  const lock = await acquireMachineLock({
    purpose: `ws-05 ${options.profile}`,
    signal,
    timeoutMs: options.lockTimeoutMs,
    directory: options.lockDirectory,
    onWait: ({ pid, purpose }) => options.onProgress?.({ stage: 'waiting', holderPid: pid, purpose }),
  });
  try {
    const { measurements, engine } = await withEngine(bench, options, async (engine) => ({
      engine: engineInfoOf(engine),
      measurements: await measureAll(bench, engine, options),
    }));
    const tool = await collectToolInfo(workspaceRoot);
    const host = await readFingerprint({ signal });
    const { workflow, files } = bench;
    const context = { profile: options.profile, tool, host, engine, workflow, files, lockToken: lock.token };
    const recorded = measurements.map((measurement) => recordScenario(measurement, context));
    signal?.throwIfAborted();
    await writeRecords(layout, recorded);
    return { status: 'measured', records: recorded.map(({ record }) => record), latestDirectory: layout.latest };
  } finally {
    await lock.release();
  }
}

async function measureAll(
  bench: LoadedBench,
  engine: EngineHandle,
  options: RunBenchmarkOptions,
): Promise<readonly ScenarioMeasurement[]> {
  const measurements: ScenarioMeasurement[] = [];
  for (const plan of planRuns(bench.profile, bench.definition, freshSeed())) {
    const measurement = await measureScenario(engine, plan, scenarioOptions(bench, plan.scenario.name, options));
    const failed = measurement.samples.find(({ row }) => row.failure !== null);
    if (failed !== undefined) await refuse(plan.scenario.name, failed, measurement.samples, options);
    measurements.push(measurement);
  }
  return measurements;
}

async function verifyAll(bench: LoadedBench, options: RunBenchmarkOptions): Promise<BenchOutcome> {
  return withEngine(bench, options, async (engine) => {
    const scenarios: string[] = [];
    for (const plan of planRuns(bench.profile, bench.definition, freshSeed())) {
      const { name } = plan.scenario;
      const sample = await verifyScenario(engine, plan, scenarioOptions(bench, name, options));
      if (sample.row.failure !== null) throw runFailed(name, sample);
      scenarios.push(name);
    }
    return { status: 'verified', scenarios };
  });
}

async function withEngine<T>(
  bench: LoadedBench,
  options: RunBenchmarkOptions,
  work: (engine: EngineHandle) => Promise<T>,
): Promise<T> {
  const engine = await openMeasuredEngine(bench.profile, options.engineUrl, options.signal);
  try {
    const { url, version, startMs } = engine;
    options.onProgress?.({ stage: 'engine', url, version, startMs });
    return await work(engine);
  } finally {
    await engine.close();
  }
}

function scenarioOptions({ workflow }: LoadedBench, scenario: string, options: RunBenchmarkOptions) {
  return {
    workflow,
    filenamePrefix: `bench-${Date.now()}/${scenario}`,
    signal: options.signal,
    onProgress: (progress: RunProgress) => options.onProgress?.({ stage: 'run', ...progress }),
  };
}

/** Random, so that no measurement repeats the seeds of an earlier one; small enough for every JSON reader. */
function freshSeed(): bigint {
  return BigInt(`0x${randomBytes(6).toString('hex')}`);
}

async function refuse(
  scenario: string,
  failed: Sample,
  samples: readonly Sample[],
  options: RunBenchmarkOptions,
): Promise<never> {
  const rows = samples.map(({ row }) => row);
  const path = await writeFailure(resultsLayout(options.workspaceRoot, options.profile), scenario, rows);
  throw runFailed(scenario, failed, path);
}

function runFailed(scenario: string, { row }: Sample, path?: string): BenchError {
  const where = path === undefined ? '' : `; rows: ${path}`;
  const message = `run ${row.index} of ${scenario} (seed ${row.seed}) failed: ${row.failure ?? ''}${where}`;
  return new BenchError('BENCH_RUN_FAILED', message, {
    details: { scenario, failure: row.failure, path: path ?? null },
  });
}
