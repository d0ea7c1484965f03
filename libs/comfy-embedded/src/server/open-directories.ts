import { access, constants, mkdir, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedServerError } from '../errors.ts';
import type { ImageDirectories } from '../files/image-store.ts';
import { makeTemporaryFolder } from './make-temporary-folder.ts';

/** The server's directories, ready to write. */
export interface OpenDirectories {
  readonly directories: ImageDirectories;
  /** Removes what was made for this server alone. */
  remove(): Promise<void>;
}

async function openDirectory(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true });
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return await realpath(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    const message = `directory ${JSON.stringify(path)} cannot be used: ${reason}`;
    throw new EmbeddedServerError('EMBEDDED_DIRECTORY_UNUSABLE', message, { details: { path }, cause: error });
  }
}

async function openEmptyDirectory(path: string): Promise<string> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
  return openDirectory(path);
}

/** Where the directories of a server are to be. */
export interface DirectoryChoice {
  readonly outputDirectory: string;
  /** Uploads come here. Absent: a fresh directory that goes with the server. */
  readonly inputDirectory?: string | undefined;
  /** Holds the temporary directory `temp`, which is emptied at start and removed at the end. Absent: a fresh one. */
  readonly tempDirectory?: string | undefined;
}

/**
 * Makes and checks the directories of a server.
 *
 * @throws EmbeddedServerError `EMBEDDED_DIRECTORY_UNUSABLE`.
 */
export async function openDirectories(choice: DirectoryChoice): Promise<OpenDirectories> {
  const output = await openDirectory(choice.outputDirectory);
  const fresh = await realpath(await makeTemporaryFolder('comfy-embedded'));
  const temporary = [fresh];
  const remove = async (): Promise<void> => {
    for (const path of temporary) await rm(path, { recursive: true, force: true });
  };
  try {
    const input = await openDirectory(choice.inputDirectory ?? join(fresh, 'input'));
    const temp = await openEmptyDirectory(join(choice.tempDirectory ?? fresh, 'temp'));
    temporary.push(temp);
    return { directories: { output, input, temp }, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
