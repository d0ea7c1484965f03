import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';
import { EvidenceError } from '../errors.ts';

/** Whether a process with this id is alive (also if it belongs to another user). */
function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** An append takes milliseconds. A lock this old is left over, even if another process has its holder's number by now. */
const longestHoldMs = 5 * 60_000;

/** Removes a lock whose holder is gone. The rename lets one of several waiting processes do it. */
async function removeStaleLock(path: string): Promise<string> {
  const holder = await readFile(path, 'utf8').catch(() => null);
  if (holder === null) return 'nobody';
  const processId = Number.parseInt(holder, 10);
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  const isHeld = !Number.isSafeInteger(processId) || processId <= 0 || isAlive(processId);
  if (isHeld && age < longestHoldMs) return holder.trim();
  const grave = `${path}.${ulid()}`;
  if (
    await rename(path, grave).then(
      () => true,
      () => false,
    )
  )
    await rm(grave, { force: true });
  return holder.trim();
}

/** Creates the lock together with its content: a link appears with the whole file or not at all. */
async function takeLock(path: string): Promise<boolean> {
  const own = `${path}.${ulid()}`;
  try {
    await writeFile(own, `${process.pid}\n`);
    await link(own, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}

/**
 * Runs an action while holding an exclusive lock file that names the holder's process id.
 *
 * @param timeoutMs - how long to wait for another holder. @default 10_000
 * @throws EvidenceError EVIDENCE_STORE_BUSY, naming the holder
 */
export async function withChainLock<Result>(
  path: string,
  action: () => Promise<Result>,
  timeoutMs = 10_000,
): Promise<Result> {
  await mkdir(dirname(path), { recursive: true });
  const deadline = performance.now() + timeoutMs;
  while (!(await takeLock(path))) {
    const holder = await removeStaleLock(path);
    if (performance.now() > deadline) {
      throw new EvidenceError('EVIDENCE_STORE_BUSY', `Chain is locked by process ${holder} (${path})`, {
        details: { holder, path },
      });
    }
    await sleep(20);
  }
  try {
    return await action();
  } finally {
    await rm(path, { force: true });
  }
}
