import { loadavg } from 'node:os';
import { getQueue } from '@dgx-pixels/comfy-client';
import type { ComfyClient } from '@dgx-pixels/comfy-client';
import { sampleProcessMemory } from '@dgx-pixels/host-telemetry';
import type { MemoryUse } from '@dgx-pixels/host-telemetry';
import { BenchError } from '../errors.ts';
import type { PlannedRun, ScenarioPlan } from '../plan/plan-runs.ts';
import type { LoadedWorkflow } from '../workflow/load-workflow.ts';
import { runSample } from './run-sample.ts';
import type { Sample } from './run-sample.ts';

/** The engine under measurement: what of comfy-host's handle is needed here. */
export interface MeasuredEngine {
  readonly client: ComfyClient;
  /** Its process on this host; null for a server elsewhere. */
  readonly processId: number | null;
}

/** A finished run, told while the measurement goes on. */
export interface RunProgress {
  readonly scenario: string;
  readonly phase: 'verify' | 'warmup' | 'measure';
  /** Runs done, and how many there are at least. */
  readonly done: number;
  readonly planned: number;
  readonly clientMs: number;
  readonly failure: string | null;
}

/** Options of {@link measureScenario} and {@link verifyScenario}. */
export interface MeasureScenarioOptions {
  readonly workflow: LoadedWorkflow;
  /** Beginning of the server's file names. */
  readonly filenamePrefix: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
}

/** Samples of one scenario, failed ones included, and the circumstances under which they were taken. */
export interface ScenarioMeasurement {
  readonly plan: ScenarioPlan;
  readonly warmupMs: readonly number[];
  /** Each with the files that are to be kept, the first ones of the scenario. */
  readonly samples: readonly Sample[];
  readonly memory: MemoryUse;
  /** One-minute load averages of the host. */
  readonly loadAverage: { readonly before: number; readonly after: number };
}

/**
 * Runs one scenario: warm-up runs, then the measured ones, one after another. Ends early after a failed run, because a
 * measurement with one is not recorded. Hold the machine lock around it.
 *
 * @throws BenchError BENCH_ENGINE_SHARED when somebody else's prompt is on the engine; ComfyClientError when the engine
 * cannot be reached; the signal's reason on abort.
 */
export async function measureScenario(
  engine: MeasuredEngine,
  plan: ScenarioPlan,
  options: MeasureScenarioOptions,
): Promise<ScenarioMeasurement> {
  const before = loadavg()[0] ?? 0;
  const past = { pixels: new Set<string>(), prompts: new Set<string>() };
  const take = async (run: PlannedRun, phase: RunProgress['phase'], planned: number): Promise<Sample> => {
    const sample = await takeSample(engine, run, plan, options, past);
    const { clientMs, failure } = sample.row;
    options.onProgress?.({ scenario: plan.scenario.name, phase, done: run.index + 1, planned, clientMs, failure });
    return sample;
  };
  const warmupMs: number[] = [];
  const samples: Sample[] = [];
  const watch = await sampleProcessMemory(engine.processId);
  try {
    for (const run of plan.warmups) {
      const sample = await take(run, 'warmup', plan.warmups.length);
      if (sample.row.failure !== null) {
        const memory = await watch.stop();
        return { plan, warmupMs, samples: [sample], memory, loadAverage: { before, after: loadavg()[0] ?? 0 } };
      }
      warmupMs.push(sample.row.clientMs);
    }
    const started = performance.now();
    let room = plan.keptImages;
    while (samples.length < plan.measuredRuns || performance.now() - started < plan.scenario.minimumMs) {
      const sample = await take(plan.run(samples.length), 'measure', plan.measuredRuns);
      // Files beyond those to keep are let go at once: they were hashed and checked.
      const files = sample.files.slice(0, room);
      room -= files.length;
      samples.push({ ...sample, files });
      if (sample.row.failure !== null) break;
    }
  } finally {
    await watch.stop();
  }
  return { plan, warmupMs, samples, memory: await watch.stop(), loadAverage: { before, after: loadavg()[0] ?? 0 } };
}

/**
 * Runs a scenario once, without warm-up, and gives the sample: for checking answers, its time means nothing.
 *
 * @throws as {@link measureScenario}
 */
export async function verifyScenario(
  engine: MeasuredEngine,
  plan: ScenarioPlan,
  options: MeasureScenarioOptions,
): Promise<Sample> {
  const sample = await takeSample(engine, plan.run(0), plan, options, { pixels: new Set(), prompts: new Set() });
  const { clientMs, failure } = sample.row;
  options.onProgress?.({ scenario: plan.scenario.name, phase: 'verify', done: 1, planned: 1, clientMs, failure });
  return sample;
}

/** What earlier runs of the scenario left: hashes of their pixels, ids of their prompts. */
interface PastRuns {
  readonly pixels: Set<string>;
  readonly prompts: Set<string>;
}

async function takeSample(
  engine: MeasuredEngine,
  run: PlannedRun,
  plan: ScenarioPlan,
  options: MeasureScenarioOptions,
  past: PastRuns,
): Promise<Sample> {
  const { signal, workflow, filenamePrefix } = options;
  signal?.throwIfAborted();
  await refuseOtherPrompts(engine, past.prompts, signal);
  const sample = await runSample(run, { client: engine.client, workflow, plan, filenamePrefix, signal });
  past.prompts.add(sample.row.promptId);
  if (sample.row.failure !== null) return sample;
  for (const [position, { pixelsSha256 }] of sample.row.images.entries()) {
    if (past.pixels.has(pixelsSha256)) {
      return { ...sample, row: { ...sample.row, failure: `image ${position} repeats the pixels of an earlier one` } };
    }
    past.pixels.add(pixelsSha256);
  }
  return sample;
}

async function refuseOtherPrompts(
  { client }: MeasuredEngine,
  own: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const queue = await getQueue(client, { signal });
  const foreign = [...queue.running, ...queue.pending].filter((item) => !own.has(item.promptId)).length;
  if (foreign === 0) return;
  throw new BenchError('BENCH_ENGINE_SHARED', `${foreign} prompts of somebody else are on ${client.url}`, {
    details: { url: client.url, prompts: foreign },
  });
}
