import { readTextFile } from '../read-text-file.ts';

/** What tells a process from a later one with the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks from boot to start (field 22 of `/proc/<pid>/stat`), as text; null outside Linux. */
  readonly startTicks: string | null;
  /** The kernel's id of this boot; null outside Linux. */
  readonly bootId: string | null;
}

/** Identity of a running process, or null when there is no such process. */
export async function identifyProcess(pid: number): Promise<ProcessIdentity | null> {
  if (!exists(pid)) return null;
  const [stat, bootId] = await Promise.all([
    readTextFile(`/proc/${pid}/stat`),
    readTextFile('/proc/sys/kernel/random/boot_id'),
  ]);
  return { pid, startTicks: parseStartTicks(stat), bootId: bootId?.trim() || null };
}

/** Whether the process that wrote `identity` still runs: same number, same start, same boot. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  const now = await identifyProcess(identity.pid);
  if (now === null) return false;
  return agrees(now.startTicks, identity.startTicks) && agrees(now.bootId, identity.bootId);
}

/** The start field of a `/proc/<pid>/stat` line; the command name before it may hold spaces and parentheses. */
export function parseStartTicks(stat: string | null): string | null {
  const afterName = stat?.slice(stat.lastIndexOf(')') + 1).trim();
  const field = afterName?.split(' ')[22 - 3];
  return field !== undefined && /^\d{1,20}$/.test(field) ? field : null;
}

/** A value that one side does not know contradicts nothing. */
function agrees(a: string | null, b: string | null): boolean {
  return a === null || b === null || a === b;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
