import { access, constants, mkdir, realpath, rm } from 'node:fs/promises';
import { EmbeddedServerError } from '../errors.ts';
import type { ImageDirectories } from '../files/image-store.ts';
import { makeTemporaryFolder } from './make-temporary-folder.ts';

/** The server's directories, ready to write. */
export interface OpenDirectories {
  readonly directories: ImageDirectories;
  /** Removes what was made for this server alone: the temporary directory, unless the caller named it. */
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

/**
 * Makes and checks the directories of a server.
 *
 * @throws EmbeddedServerError `EMBEDDED_DIRECTORY_UNUSABLE`.
 */
export async function openDirectories(options: {
  readonly outputDirectory: string;
  readonly tempDirectory?: string;
}): Promise<OpenDirectories> {
  const output = await openDirectory(options.outputDirectory);
  if (options.tempDirectory !== undefined) {
    return {
      directories: { output, temp: await openDirectory(options.tempDirectory) },
      remove: () => Promise.resolve(),
    };
  }
  const temp = await realpath(await makeTemporaryFolder('comfy-embedded'));
  return { directories: { output, temp }, remove: () => rm(temp, { recursive: true, force: true }) };
}
