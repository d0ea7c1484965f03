import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  appendToStore,
  collectToolInfo,
  createRecord,
  describeArtifact,
  discardLatest,
  writeFileAtomically,
  writeLatest,
} from '@dgx-pixels/evidence';
import type { HostBaselineRecord } from '@dgx-pixels/evidence';
import { HostTelemetryError } from './errors.ts';
import { acquireMachineLock } from './lock/acquire-machine-lock.ts';
import { measureHost } from './measure-host.ts';
import type { HostProgress } from './measure-host.ts';
import { readFingerprint } from './read-fingerprint.ts';

/** Where and for which profile to measure. */
export interface WriteHostBaselineOptions {
  /** Root of the workspace; everything is written below its `bench` folder. */
  readonly workspaceRoot: string;
  readonly profile: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: HostProgress) => void) | undefined;
  /** Longest wait for the machine lock in ms; 300 000 by default. */
  readonly lockTimeoutMs?: number | undefined;
  /** Directory of the machine lock; by default the one all of this machine's measurements share. */
  readonly lockDirectory?: string | undefined;
  /** Aimed time of the GEMM probe in ms. */
  readonly gemmBudgetMs?: number | undefined;
}

/** In the measurement folder; JSON files at its top are records. */
const artifactPath = 'baseline/hardware_baseline.json';

/** What was written. */
export interface WrittenHostBaseline {
  readonly record: HostBaselineRecord;
  /** The folder with the record. */
  readonly latestDirectory: string;
  /** `bench/baselines/hardware_baseline.json`. */
  readonly baselinePath: string;
}

/**
 * The `foundation` measurement: reads and probes this host under the machine lock, then writes the record into
 * `bench/results/foundation/<profile>/latest`, appends it to the store, and writes the baseline in the Foundation
 * orchestrator's shape. What an earlier run wrote goes first, so that a failure leaves no old result.
 *
 * @throws HostTelemetryError HOST_BUSY, HOST_LOCK_UNUSABLE, HOST_GEMM_FAILED, HOST_BASELINE_UNWRITABLE; the signal's reason on abort.
 */
export async function writeHostBaseline(options: WriteHostBaselineOptions): Promise<WrittenHostBaseline> {
  const { workspaceRoot, profile, signal } = options;
  const latestDirectory = join(workspaceRoot, 'bench/results/foundation', profile, 'latest');
  const baselinePath = join(workspaceRoot, 'bench/baselines/hardware_baseline.json');
  signal?.throwIfAborted();
  await writing(latestDirectory, async () => {
    await discardLatest(latestDirectory);
    await rm(baselinePath, { force: true });
  });
  const lock = await acquireMachineLock({
    purpose: `foundation ${profile}`,
    signal,
    timeoutMs: options.lockTimeoutMs,
    directory: options.lockDirectory,
    onWait: ({ pid, purpose }) =>
      options.onProgress?.({ stage: 'hardware', message: `waiting for process ${pid} (${purpose})` }),
  });
  const payload = await measureHost(options).finally(() => lock.release());
  const file = `${JSON.stringify({ ...payload.baseline, missing: baselineReasons(payload.missing) }, null, 2)}\n`;
  const record = createRecord({
    kind: 'hostBaseline',
    profile,
    workstream: 'foundation',
    origin: 'measured',
    tool: await collectToolInfo(workspaceRoot),
    host: await readFingerprint({ signal }),
    engine: null,
    inputs: [],
    artifacts: [describeArtifact(artifactPath, file)],
    payload,
  });
  signal?.throwIfAborted();
  await writing(latestDirectory, async () => {
    const artifacts = [{ path: artifactPath, data: file }];
    // History first: when it refuses, no measurement folder appears either.
    await appendToStore(join(workspaceRoot, 'bench/results/store'), record);
    await writeLatest({ directory: latestDirectory, records: [{ name: 'host-baseline', record }], artifacts });
    await mkdir(dirname(baselinePath), { recursive: true });
    await writeFileAtomically(baselinePath, file);
  });
  return { record, latestDirectory, baselinePath };
}

/** The reasons that belong to the baseline itself, by their path inside it. */
function baselineReasons(missing: Readonly<Record<string, string>>): Record<string, string> {
  const prefix = 'baseline.';
  const own = Object.entries(missing).filter(([path]) => path.startsWith(prefix));
  return Object.fromEntries(own.map(([path, reason]) => [path.slice(prefix.length), reason]));
}

/** Errors of the file system gain a code; errors of the evidence package have one. */
async function writing(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    const message = `the baseline below ${path} was not written: ${error.message}`;
    throw new HostTelemetryError('HOST_BASELINE_UNWRITABLE', message, { details: { path }, cause: error });
  }
}
