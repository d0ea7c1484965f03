import { constants } from 'node:fs';
import { type FileHandle, open, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { splitAnnotation } from '../files/annotated-name.ts';
import { isErrorCode } from '../files/error-code.ts';
import type { ImageDirectories } from '../files/image-store.ts';
import { isInside } from '../files/open-subfolder.ts';

/** How a client names a file: by members of `/view`'s query or of an upload's `original_ref`. */
export interface FileReference {
  readonly filename: string;
  readonly subfolder: string;
  readonly type: string;
}

/** An open file that the caller closes, or the status that says why there is none. */
export type ServedFile =
  | { readonly ok: true; readonly file: FileHandle; readonly bytes: number; readonly name: string }
  | { readonly ok: false; readonly status: 400 | 403 | 404 };

const absent = ['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR', 'ENAMETOOLONG', 'EACCES', 'ENXIO'];

function refuse(status: 400 | 403 | 404): ServedFile {
  return { ok: false, status };
}

/**
 * Opens a file of the output, input or temporary directory. Status codes as ComfyUI's: 400 for `..`, an absolute name or
 * an unknown type, 403 for a subfolder outside, 404 otherwise. Symbolic links that leave the directory count as outside.
 */
export async function openServedFile(directories: ImageDirectories, reference: FileReference): Promise<ServedFile> {
  const { subfolder } = reference;
  const { name: filename, folder = reference.type } = splitAnnotation(reference.filename);
  if (filename === '' || filename.startsWith('/') || filename.includes('..') || filename.includes('\0')) {
    return refuse(400);
  }
  if (folder !== 'output' && folder !== 'temp' && folder !== 'input') return refuse(400);
  const root = directories[folder];
  if (subfolder.includes('\0') || !isInside(root, join(root, subfolder))) return refuse(403);
  const name = basename(filename);
  try {
    const path = await realpath(join(root, subfolder, name));
    if (!isInside(root, path)) return refuse(403);
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = await file.stat();
    if (stats.isFile()) return { ok: true, file, bytes: stats.size, name };
    await file.close();
    return refuse(404);
  } catch (error) {
    if (isErrorCode(error, ...absent)) return refuse(404);
    throw error;
  }
}
