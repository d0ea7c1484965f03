import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { tryFileLock } from '@dgx-pixels/evidence';
import { DatasetError } from '../../errors.ts';

/**
 * Runs an action while no other command changes the dataset. The lock of a process that was killed does not hold.
 *
 * @param folder of the dataset; it is made if need be
 * @throws DatasetError DATASET_BUSY, DATASET_UNWRITABLE; what the action throws
 */
export async function withDatasetLock<Result>(folder: string, action: () => Promise<Result>): Promise<Result> {
  let lock;
  try {
    await mkdir(folder, { recursive: true });
    lock = await tryFileLock(join(folder, '.lock'));
  } catch (cause) {
    throw new DatasetError('DATASET_UNWRITABLE', `${folder} cannot be written`, { cause });
  }
  if ('heldBy' in lock) {
    throw new DatasetError('DATASET_BUSY', `${folder} is being changed by process ${lock.heldBy}`, {
      details: { holder: lock.heldBy },
    });
  }
  try {
    return await action();
  } finally {
    await lock.release();
  }
}
