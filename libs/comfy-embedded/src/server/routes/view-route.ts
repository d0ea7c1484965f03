import { constants } from 'node:fs';
import { open, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isErrorCode } from '../../files/error-code.ts';
import { isInside } from '../../files/image-store.ts';
import { empty, type Reply } from '../reply.ts';
import type { ServerContext } from '../server-context.ts';

/**
 * `GET /view`: a file of the output or temporary directory. Status codes as ComfyUI's: 400 for `..`, an absolute name or
 * an unknown type, 403 for a subfolder outside, 404 otherwise. Symbolic links that leave the directory count as outside.
 */
export async function getView({ directories }: ServerContext, query: URLSearchParams): Promise<Reply> {
  const filename = query.get('filename');
  const type = query.get('type') ?? 'output';
  const subfolder = query.get('subfolder') ?? '';
  if (filename === null) return empty(404);
  if (filename === '' || filename.startsWith('/') || filename.includes('..') || filename.includes('\0'))
    return empty(400);
  if (subfolder.includes('\0')) return empty(403);
  if (type === 'input') return empty(404);
  if (type !== 'output' && type !== 'temp') return empty(400);
  const root = directories[type];
  if (!isInside(root, join(root, subfolder))) return empty(403);
  const name = basename(filename);
  try {
    const path = await realpath(join(root, subfolder, name));
    if (!isInside(root, path)) return empty(403);
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
    const stats = await file.stat();
    if (!stats.isFile()) {
      await file.close();
      return empty(404);
    }
    const contentType = name.endsWith('.png') ? 'image/png' : 'application/octet-stream';
    const stream = file.createReadStream({ end: Math.max(0, stats.size - 1) });
    return { kind: 'file', stream, bytes: stats.size, type: contentType, name };
  } catch (error) {
    if (isErrorCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR', 'ENAMETOOLONG', 'EACCES')) return empty(404);
    throw error;
  }
}
