import { readFile } from 'node:fs/promises';

/** Stands for a start time where the system does not tell. */
const unknownStart = '?';

/** A process: its number alone is another's some day, number and start time together are not until the next boot. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks from boot to its start; `?` where there is no /proc. */
  readonly startTime: string;
}

/** Clock ticks from boot to the start of a process; `?` where there is no /proc, and for a process that has ended. */
export async function readStartTime(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in brackets may hold spaces and brackets; field 22 counts from before it (proc_pid_stat(5)).
  return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? unknownStart;
}

/** Whether a process still runs, and is the one that was meant. */
export async function isProcessAlive({ pid, startTime }: ProcessIdentity): Promise<boolean> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return startTime === unknownStart || startTime === (await readStartTime(pid));
}
