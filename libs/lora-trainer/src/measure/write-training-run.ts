import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  appendToStore,
  collectToolInfo,
  createRecord,
  describeArtifact,
  discardLatest,
  hashFile,
  type TrainingRunRecord,
  writeLatest,
} from '@dgx-pixels/evidence';
import { acquireMachineLock, readFingerprint } from '@dgx-pixels/host-telemetry';
import { checkAdapter } from '../adapter/check-adapter.ts';
import { renderComparisonPage } from '../comparison-page/render-comparison-page.ts';
import type { ResolvedConfig } from '../config/train-config.ts';
import { LoraTrainerError } from '../errors.ts';
import { pickCheckpoint } from '../pick/pick-checkpoint.ts';
import { maxAdapterBytes, planTraining } from '../plan/plan-training.ts';
import { prepareRun } from '../plan/prepare-run.ts';
import { readRun } from '../run/read-run.ts';
import type { RunHistory } from '../run/run-history.ts';
import { compareRun, type CompareOptions } from '../samples/compare-run.ts';
import { pageOfRun } from '../samples/page-of-run.ts';
import { superviseRun } from '../supervise/supervise-run.ts';
import type { TrainerProgram } from '../supervise/trainer-process.ts';
import { verifyResume } from '../verify-resume/verify-resume.ts';
import { adapterFile, pageFile, trainingRunPayload } from './training-run-payload.ts';

/** Options of {@link writeTrainingRun}. */
export interface WriteTrainingRunOptions {
  readonly workspaceRoot: string;
  /** Name of the profile the evidence counts for. */
  readonly profile: string;
  /** File that the configuration was read from, in the workspace. */
  readonly configPath: string;
  readonly config: ResolvedConfig;
  readonly runsFolder: string;
  readonly program: TrainerProgram;
  readonly engine: CompareOptions['engine'];
  readonly templates: CompareOptions['templates'];
  /** Measures a run that was trained before instead of training one. */
  readonly run?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told what is being done, and how far it is, 0 … 1. */
  readonly onProgress?: (step: string, fraction?: number) => void;
  /** Directory of the machine lock. @default the one all measurements of this machine share */
  readonly lockDirectory?: string | undefined;
}

/** What was written. */
export interface WrittenTrainingRun {
  readonly record: TrainingRunRecord;
  readonly runFolder: string;
  readonly latestDirectory: string;
}

/**
 * The `ws-06` measurement: trains the adapter of a configuration from beginning to end, proves that its runs resume exactly,
 * checks the adapter's file, draws base model and checkpoints from the same prompts and seeds on the engine, and writes the
 * record with adapter and side-by-side page into `bench/results/ws-06/<profile>/latest` and the store. What an earlier run
 * wrote goes first. What does not hold is written too: judging is not done here.
 *
 * @throws LoraTrainerError TRAIN_PLAN_INVALID, TRAIN_PYTHON_MISSING; TRAIN_RUN_ENDED when the run did not reach its end, which
 * `train resume` and then `run` of these options go on from; errors of evidence, engine and machine lock; the signal's reason
 */
export async function writeTrainingRun(options: WriteTrainingRunOptions): Promise<WrittenTrainingRun> {
  const { workspaceRoot, profile, config, program, signal, onProgress = () => undefined } = options;
  const latestDirectory = join(workspaceRoot, 'bench/results/ws-06', profile, 'latest');
  await discardLatest(latestDirectory);
  const lock = await acquireMachineLock({ purpose: `ws-06 ${profile}`, signal, directory: options.lockDirectory });
  try {
    const runFolder = options.run ?? (await trainAnew(options));
    const run = await readRun(runFolder);
    if (run.state !== 'done') throw new LoraTrainerError('TRAIN_RUN_ENDED', `run ${run.id} is ${run.state}`);
    onProgress('killing and resuming a short run');
    const resume = await verifyResume(config, { program, ...(signal !== undefined && { signal }) });
    const picked = pickCheckpoint(run, null);
    const { adapter: wanted, base } = run.request;
    const adapter = await checkAdapter(picked.adapter, {
      architecture: base.kind === 'bundled' ? 'bundled' : 'sdxl',
      targets: wanted.targets,
      rank: wanted.rank,
      maxBytes: maxAdapterBytes,
    });
    const comparison = await compareRun(run, {
      ...{ engine: options.engine, templates: options.templates, signal },
      steps: run.history.checkpoints.map(({ step }) => step),
      evaluated: picked.step,
      onProgress: (done, total) => onProgress(`picture ${done} of ${total}`, done / total),
    });
    const page = Buffer.from(renderComparisonPage(await pageOfRun(run, comparison)));
    const bytes = await readFile(picked.adapter);
    const record = createRecord({
      kind: 'trainingRun',
      workstream: 'ws-06',
      origin: 'measured',
      profile,
      tool: await collectToolInfo(workspaceRoot),
      host: await readFingerprint({ signal }),
      engine: comparison.engine,
      inputs: [
        { path: options.configPath, sha256: await hashFile(join(workspaceRoot, options.configPath)) },
        ...options.templates.withAdapter.inputs,
      ],
      artifacts: [describeArtifact(adapterFile, bytes), describeArtifact(pageFile, page)],
      payload: await trainingRunPayload(run, { picked, adapter, comparison, resume }),
    });
    await appendToStore(join(workspaceRoot, 'bench/results/store'), record);
    await writeLatest({
      directory: latestDirectory,
      records: [{ name: 'training-run', record }],
      artifacts: [
        { path: adapterFile, data: bytes },
        { path: pageFile, data: page },
      ],
    });
    return { record, runFolder, latestDirectory };
  } finally {
    await lock.release();
  }
}

async function trainAnew({
  config,
  runsFolder,
  program,
  signal,
  onProgress,
}: WriteTrainingRunOptions): Promise<string> {
  const plan = await planTraining(config, { runsFolder, rate: null });
  const folder = await prepareRun(plan, runsFolder);
  const tell = (history: RunHistory): void =>
    onProgress?.(`update ${history.step} of ${plan.updates}`, history.step / plan.updates);
  const end = await superviseRun(folder, {
    program,
    ...(signal !== undefined && { signal }),
    onEvent: ({ type }, history) => type === 'step' && tell(history),
  });
  signal?.throwIfAborted();
  if (end.reason === 'done') return folder;
  throw new LoraTrainerError('TRAIN_RUN_ENDED', `the run ended at update ${end.history.step}: ${end.message}`);
}
