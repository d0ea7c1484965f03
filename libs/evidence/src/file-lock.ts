import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { ulid } from 'ulid';
import { isProcessAlive, readStartTime } from './process-identity.ts';

/** A lock that is held until it is released, or its process ends. */
export interface FileLock {
  release(): Promise<void>;
}

/** Who holds a lock: process id, or a phrase where that is not known. */
export interface FileLockHolder {
  readonly heldBy: string;
}

/**
 * Takes an exclusive lock without waiting. The file names its holder by process id and start time, so that a lock whose
 * holder was killed is taken over, also when another process has its number by now.
 *
 * @param path of the lock file; its folder must exist
 * @throws the file system's own error when the file cannot be written
 */
export async function tryFileLock(path: string): Promise<FileLock | FileLockHolder> {
  const own = `${process.pid} ${await readStartTime(process.pid)} ${ulid()}`;
  if (await createWhole(path, own)) return lockOf(path, own);
  const holder = await readFile(path, 'utf8').catch(() => '');
  if (holder === '' || (await isAlive(holder))) return { heldBy: holder.split(' ')[0] ?? 'an unknown process' };
  await removeStale(path, holder);
  return (await createWhole(path, own)) ? lockOf(path, own) : { heldBy: 'another process' };
}

function lockOf(path: string, own: string): FileLock {
  return { release: () => removeOwn(path, own) };
}

/** Creates the file together with its content: a link appears with the whole file or not at all. */
async function createWhole(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${ulid()}`;
  try {
    await writeFile(draft, content, { flag: 'wx' });
    await link(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** A takeover lasts milliseconds; one this old was cut off by a kill. */
const longestTakeoverMs = 10_000;

/** Removes the lock of a dead holder. Only who has the takeover file may, so that no newer lock is removed. */
async function removeStale(path: string, holder: string): Promise<void> {
  const takeover = `${path}.takeover`;
  if (!(await createWhole(takeover, String(process.pid)))) {
    const since = await stat(takeover).catch(() => null);
    if (since !== null && Date.now() - since.mtimeMs > longestTakeoverMs) await rm(takeover, { force: true });
    return;
  }
  try {
    await removeOwn(path, holder);
  } finally {
    await rm(takeover, { force: true });
  }
}

async function removeOwn(path: string, content: string): Promise<void> {
  if ((await readFile(path, 'utf8').catch(() => null)) === content) await rm(path, { force: true });
}

async function isAlive(holder: string): Promise<boolean> {
  const [id = '', startTime = ''] = holder.split(' ');
  return isProcessAlive({ pid: Number.parseInt(id, 10), startTime });
}
