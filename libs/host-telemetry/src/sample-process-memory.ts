import { writeFile } from 'node:fs/promises';
import { readMemory } from './read-memory.ts';
import { readTextFile } from './read-text-file.ts';

/** Memory use between start and stop of a watch. Absent values are null, with the reason in `missing`. */
export interface MemoryUse {
  /** Largest resident set of the process, in bytes. */
  readonly peakProcessBytes: number | null;
  /** Largest fall of the host's available memory below its value at the start, in bytes. */
  readonly availableDropBytes: number | null;
  /** Field name → why it is null, or how its meaning is narrowed. */
  readonly missing: Readonly<Record<string, string>>;
}

/** A running watch. */
export interface MemoryWatch {
  /** Ends the watch and gives its result; a second call gives the same. */
  stop(): Promise<MemoryUse>;
}

/**
 * Watches the memory of a process and of the host. The kernel's own high-water mark is used where it can be reset
 * (`/proc/<pid>/clear_refs`, value 5: Linux, filesystems/proc), so that short peaks between two samples count; where it
 * cannot, the largest sampled resident set stands in, because the mark would tell of a time before the watch.
 *
 * @param pid The process, or null when it runs on another machine or is unknown.
 */
export async function sampleProcessMemory(pid: number | null, intervalMs = 100): Promise<MemoryWatch> {
  const marked = pid !== null && (await resetHighWaterMark(pid));
  const start = (await readMemory()).availableBytes;
  let lowestAvailable = start;
  let largestResident = 0;
  const sample = async () => {
    const [memory, resident] = await Promise.all([readMemory(), pid === null ? null : readStatusBytes(pid, 'VmRSS')]);
    lowestAvailable = Math.min(lowestAvailable, memory.availableBytes);
    largestResident = Math.max(largestResident, resident ?? 0);
  };
  await sample();
  let pending = Promise.resolve();
  const timer = setInterval(() => {
    pending = pending.then(sample);
  }, intervalMs);
  timer.unref();
  const finish = async (): Promise<MemoryUse> => {
    clearInterval(timer);
    await pending;
    await sample();
    const mark = marked ? await readStatusBytes(pid, 'VmHWM') : null;
    const peakProcessBytes = mark ?? (largestResident > 0 ? largestResident : null);
    const missing: Record<string, string> = {};
    if (peakProcessBytes === null) {
      missing['peakProcessBytes'] =
        pid === null ? 'the engine is no process of this host' : `process ${pid} tells no memory figures`;
    }
    return { peakProcessBytes, availableDropBytes: start - lowestAvailable, missing };
  };
  let result: Promise<MemoryUse> | undefined;
  return { stop: () => (result ??= finish()) };
}

/** A row of `/proc/<pid>/status` in bytes. */
async function readStatusBytes(pid: number, row: 'VmHWM' | 'VmRSS'): Promise<number | null> {
  const match = new RegExp(`^${row}:\\s+(\\d{1,12}) kB$`, 'm').exec((await readTextFile(`/proc/${pid}/status`)) ?? '');
  return match?.[1] === undefined ? null : Number(match[1]) * 1024;
}

async function resetHighWaterMark(pid: number): Promise<boolean> {
  try {
    await writeFile(`/proc/${pid}/clear_refs`, '5');
    return true;
  } catch {
    return false;
  }
}
