import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { decodeTime, ulid } from 'ulid';

/** Name of a file that is being written; its ULID says since when. */
const temporaryName = /^\.([0-7][0-9A-HJKMNP-TV-Z]{25})\.tmp$/;
/** No write lasts so long: the writer was killed. */
const abandonedAfterMs = 60 * 60 * 1000;

/** Writes bytes to an open path and has them on disk before it returns. */
export async function writeDurably(path: string, data: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Has a folder's entries on disk, so that a rename survives a power cut. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Removes what killed writers left in a folder; that it cannot be removed harms nobody. */
async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const id = temporaryName.exec(name)?.[1];
    if (id === undefined || Date.now() - decodeTime(id) < abandonedAfterMs) continue;
    await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}

/**
 * Replaces a file as a whole: readers see the old bytes or the new ones. The folder is made if need be, and temporary
 * files in it that are older than an hour are removed.
 *
 * @throws the file system's own error; the old file is then untouched and no temporary file is left
 */
export async function writeFileAtomically(path: string, data: Uint8Array | string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
  await removeAbandoned(folder);
  const temporary = join(folder, `.${ulid()}.tmp`);
  try {
    await writeDurably(temporary, data);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
}
