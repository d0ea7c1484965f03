import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { tryFileLock } from '@dgx-pixels/evidence';
import { DatasetError } from '../errors.ts';

/**
 * Makes a folder that appears as a whole or not at all, also when the process is killed: it is filled under another name
 * beside its place and then takes it. An earlier folder stays until then. What a killed process left is cleared away.
 *
 * @param folder to make; its parents are made if need be
 * @param checkPresent called with the lock held when something is there already; throws if that must stay
 * @param fill writes the content into an empty folder
 * @throws DatasetError DATASET_BUSY while another process makes the same folder; what the callbacks and the file system throw
 */
export async function replaceFolder<Result>(
  folder: string,
  checkPresent: () => Promise<void>,
  fill: (draft: string) => Promise<Result>,
): Promise<Result> {
  const beside = (ending: string): string => join(dirname(folder), `.${basename(folder)}.${ending}`);
  const [draft, former] = [beside('draft'), beside('former')];
  await mkdir(dirname(folder), { recursive: true });
  const lock = await tryFileLock(beside('lock'));
  if ('heldBy' in lock) {
    throw new DatasetError('DATASET_BUSY', `${folder} is being made by process ${lock.heldBy}`, {
      details: { holder: lock.heldBy },
    });
  }
  try {
    // Killed between the two renames below: the former folder is the one to go on with.
    if ((await isThere(former)) && !(await isThere(folder))) await rename(former, folder);
    for (const left of [draft, former]) await rm(left, { recursive: true, force: true });
    if (await isThere(folder)) await checkPresent();
    await mkdir(draft);
    const result = await fill(draft);
    if (await isThere(folder)) await rename(folder, former);
    await rename(draft, folder);
    await rm(former, { recursive: true, force: true });
    return result;
  } finally {
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    await lock.release();
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
