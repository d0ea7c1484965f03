import { mkdir, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { EmbeddedServerError } from '../errors.ts';
import { isErrorCode } from './error-code.ts';

/** Whether `path` is `root` or inside it; both absolute and resolved. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !way.startsWith(sep));
}

/** What the file system refuses gains a code, and the path that it was about. */
export async function storing<Result>(path: string, store: () => Promise<Result>): Promise<Result> {
  try {
    return await store();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new EmbeddedServerError('EMBEDDED_WRITE_FAILED', `cannot write into ${path}: ${reason}`, {
      details: { path },
      cause,
    });
  }
}

async function openFolder(path: string): Promise<string> {
  await mkdir(path).catch((error: unknown) => {
    if (!isErrorCode(error, 'EEXIST')) throw error;
  });
  return realpath(path);
}

/**
 * Makes a folder below `root`, one part after the other, so that no symbolic link leads out before it is noticed.
 *
 * @param root - Absolute, existing, symbolic links resolved.
 * @param subfolder - Relative, normalised, without `..`; empty for `root` itself.
 * @returns The folder, symbolic links resolved.
 * @throws EmbeddedServerError `EMBEDDED_PATH_REFUSED` for a link that leaves `root`, `EMBEDDED_WRITE_FAILED`.
 */
export async function openSubfolder(root: string, subfolder: string): Promise<string> {
  let directory = root;
  for (const part of subfolder.split('/')) {
    if (part === '') continue;
    const path = join(directory, part);
    directory = await storing(path, () => openFolder(path));
    if (!isInside(root, directory)) {
      throw new EmbeddedServerError(
        'EMBEDDED_PATH_REFUSED',
        `subfolder ${JSON.stringify(subfolder)} leads out of its directory through a symbolic link`,
        { details: { subfolder } },
      );
    }
  }
  return directory;
}
