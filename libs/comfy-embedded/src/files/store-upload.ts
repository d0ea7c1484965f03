import { randomBytes } from 'node:crypto';
import { constants, open, rename } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { isErrorCode } from './error-code.ts';
import { storing } from './open-subfolder.ts';
import { writeNewFile } from './write-new-file.ts';

const namesTried = 10_000;

/** What to store. */
export interface Upload {
  /** Absolute, existing, symbolic links resolved. */
  readonly directory: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Replaces a file of that name. */
  readonly overwrite: boolean;
}

async function holds(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      return stats.isFile() && stats.size === bytes.length && (await file.readFile()).equals(bytes);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isErrorCode(error, 'ENOENT', 'ELOOP', 'EISDIR', 'EACCES', 'ENXIO')) return false;
    throw error;
  }
}

async function replaceFile({ directory, name, bytes }: Upload): Promise<void> {
  const temporary = `.${randomBytes(8).toString('hex')}.upload`;
  await writeNewFile(directory, temporary, bytes);
  await rename(join(directory, temporary), join(directory, name));
}

/**
 * Stores an uploaded file whole or not at all, by ComfyUI's rules for taken names: a file with the same content is used
 * as it is, else `name (1).png`, `name (2).png`, … is tried.
 *
 * @returns The name under which the content is there now.
 * @throws EmbeddedServerError `EMBEDDED_WRITE_FAILED`.
 */
export function storeUpload(upload: Upload): Promise<string> {
  const { directory, name, bytes } = upload;
  return storing(join(directory, name), async () => {
    if (upload.overwrite) {
      await replaceFile(upload);
      return name;
    }
    const extension = extname(name);
    const stem = name.slice(0, name.length - extension.length);
    for (let count = 0; count < namesTried; count += 1) {
      const candidate = count === 0 ? name : `${stem} (${count})${extension}`;
      if (await writeNewFile(directory, candidate, bytes)) return candidate;
      if (await holds(join(directory, candidate), bytes)) return candidate;
    }
    throw new Error(`no free file name for ${name} after ${namesTried} tries`);
  });
}
