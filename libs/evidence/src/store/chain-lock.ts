import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EvidenceError } from '../errors.ts';
import { tryFileLock } from '../file-lock.ts';

/**
 * Runs an action while holding an exclusive lock file.
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
  let lock = await tryFileLock(path);
  while ('heldBy' in lock) {
    const holder = lock.heldBy;
    if (performance.now() > deadline) {
      throw new EvidenceError('EVIDENCE_STORE_BUSY', `Chain is locked by process ${holder} (${path})`, {
        details: { holder, path },
      });
    }
    await sleep(20);
    lock = await tryFileLock(path);
  }
  try {
    return await action();
  } finally {
    await lock.release();
  }
}
