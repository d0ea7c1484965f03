import { randomBytes } from 'node:crypto';
import { link, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrorCode } from './error-code.ts';

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isErrorCode(error, 'ENOENT')) return false;
    throw error;
  }
}

async function publish(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false;
    if (!isErrorCode(error, 'EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP')) throw error;
  }
  // The file system has no hard links: a check and a rename, which only a second writer of the same name can defeat.
  if (await exists(path)) return false;
  await rename(temporary, path);
  return true;
}

/**
 * Writes a file that does not exist yet, whole or not at all: a temporary file in the same folder, flushed to disk,
 * then given its name. An existing file is never replaced.
 *
 * @returns false, and nothing written, if the name is taken.
 */
export async function writeNewFile(directory: string, name: string, bytes: Uint8Array): Promise<boolean> {
  const temporary = join(directory, `.${randomBytes(8).toString('hex')}.partial`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    return await publish(temporary, join(directory, name));
  } finally {
    await rm(temporary, { force: true });
  }
}
