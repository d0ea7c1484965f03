import { chmod, lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { HostTelemetryError } from '../errors.ts';
import { createEntry, newestToken, readNewestEntry, removeEntriesUpTo, replaceEntry } from './lock-entry.ts';
import type { LockEntry, NumberedEntry } from './lock-entry.ts';
import { identifyProcess, isRunning } from './process-identity.ts';

/** The right to measure on this machine, until released or until the process ends. */
export interface MachineLock {
  /** Fencing token: larger than that of every earlier holder. */
  readonly token: number;
  /** Gives the lock back; a second call does nothing. */
  release(): Promise<void>;
}

/** How to wait for the lock. */
export interface AcquireMachineLockOptions {
  /** What the lock is for, shown to those who wait: `ws-05 embedded`. */
  readonly purpose: string;
  /** Longest wait in ms, 0 tries once; 300 000 by default. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called once, when the lock is taken and waiting begins. */
  readonly onWait?: ((holder: { readonly pid: number; readonly purpose: string }) => void) | undefined;
  /** Directory of the lock entries; by default one under `os.tmpdir()` that all users of this machine share. */
  readonly directory?: string | undefined;
}

const pollMs = 100;
/** Numbers kept behind the newest one, so that a contender that slept through a few holders still collides. */
const keptEntries = 16;

/**
 * Takes the lock that every timed section on this machine holds, so that two measurements never share the processor.
 *
 * The lock is a directory of numbered entries. The newest one decides: the lock is free when its holder released it
 * or no longer runs (same process number, start time and boot). Taking it means creating the next number with a
 * hard link, which exactly one contender can do; numbers never fall, so they serve as fencing tokens.
 *
 * @throws HostTelemetryError HOST_BUSY naming the holder after `timeoutMs`, HOST_LOCK_UNUSABLE; the signal's reason on abort.
 */
export async function acquireMachineLock(options: AcquireMachineLockOptions): Promise<MachineLock> {
  const directory = options.directory ?? join(tmpdir(), 'dgx-pixels-machine-lock');
  const deadline = performance.now() + (options.timeoutMs ?? 300_000);
  await prepareDirectory(directory);
  let announced = false;
  for (;;) {
    options.signal?.throwIfAborted();
    const newest = await readNewest(directory);
    const free = newest === null || newest.entry.releasedAt !== null || !(await isRunning(newest.entry));
    if (free) {
      const lock = await tryToTake(directory, (newest?.token ?? 0) + 1, options.purpose);
      if (lock !== null) return lock;
      continue;
    }
    if (!announced) options.onWait?.({ pid: newest.entry.pid, purpose: newest.entry.purpose });
    announced = true;
    if (performance.now() >= deadline) throw busy(newest);
    await setTimeout(pollMs, undefined, options.signal && { signal: options.signal }).catch(() => undefined);
  }
}

async function prepareDirectory(directory: string): Promise<void> {
  try {
    const created = await mkdir(directory, { recursive: true });
    // Every user of the machine takes part; the sticky bit keeps them from deleting each other's entries.
    if (created !== undefined) await chmod(directory, 0o1777);
    if (!(await lstat(directory)).isDirectory()) throw new Error('not a directory');
  } catch (error) {
    throw unusable(directory, error);
  }
}

/** The newest entry may be cleaned away between listing and reading, when others come and go: then list again. */
async function readNewest(directory: string): Promise<NumberedEntry | null> {
  for (let attempt = 1; ; attempt++) {
    const before = await newestToken(directory);
    try {
      return await readNewestEntry(directory);
    } catch (error) {
      if (attempt === 5 || (await newestToken(directory)) === before) throw error;
    }
  }
}

async function tryToTake(directory: string, token: number, purpose: string): Promise<MachineLock | null> {
  const identity = await identifyProcess(process.pid);
  const acquiredAt = new Date().toISOString();
  const { startTicks, bootId } = identity ?? { startTicks: null, bootId: null };
  const entry: LockEntry = {
    pid: process.pid,
    startTicks,
    bootId,
    purpose: purpose.slice(0, 200),
    acquiredAt,
    releasedAt: null,
  };
  const release = async () => {
    await replaceEntry(directory, token, { ...entry, releasedAt: new Date().toISOString() });
  };
  try {
    if (!(await createEntry(directory, token, entry))) return null;
    // A contender that slept long enough for its number to be cleaned away finds a newer one here.
    if ((await newestToken(directory)) !== token) {
      await release();
      return null;
    }
    await removeEntriesUpTo(directory, token - keptEntries);
  } catch (error) {
    throw unusable(directory, error);
  }
  let released: Promise<void> | undefined;
  return { token, release: () => (released ??= release()) };
}

function busy({ token, entry }: NumberedEntry): HostTelemetryError {
  const message = `process ${entry.pid} (${entry.purpose}) holds the machine lock since ${entry.acquiredAt}`;
  const details = { holderPid: entry.pid, purpose: entry.purpose, acquiredAt: entry.acquiredAt, token };
  return new HostTelemetryError('HOST_BUSY', message, { details });
}

function unusable(directory: string, cause: unknown): HostTelemetryError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new HostTelemetryError('HOST_LOCK_UNUSABLE', `the lock directory ${directory} cannot be used: ${reason}`, {
    details: { path: directory },
    cause,
  });
}
