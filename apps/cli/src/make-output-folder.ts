import { constants } from 'node:fs';
import { access, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { CliError } from './errors.ts';

/**
 * Makes the folder that results go to, and makes sure that this user may write there, before any work is done for it.
 *
 * @returns its absolute path
 * @throws CliError CLI_OUTPUT_UNWRITABLE
 */
export async function makeOutputFolder(workingDirectory: string, folder: string): Promise<string> {
  const path = resolve(workingDirectory, folder);
  try {
    await makeFolder(path);
    await access(path, constants.W_OK | constants.X_OK);
    return path;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CliError('CLI_OUTPUT_UNWRITABLE', `cannot write into ${path}: ${reason}`, { cause, details: { path } });
  }
}

/** One level after the other: Node's own recursive `mkdir` never returns where the system refuses with ENOENT (/proc). */
async function makeFolder(path: string): Promise<void> {
  const missing: string[] = [];
  for (let folder = path; !(await isFolder(folder)); folder = dirname(folder)) missing.unshift(folder);
  for (const folder of missing) {
    try {
      await mkdir(folder);
    } catch (error) {
      // Another process may have been faster.
      if (!(await isFolder(folder))) throw error;
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}
