import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** What reading a file gave. */
export type BoundedRead = { ok: true; bytes: Buffer } | { ok: false; reason: 'missing' | 'irregular' | 'too-large' };

/** Reads a regular file of at most `limit` bytes; links are not followed. */
export async function readBounded(path: string, limit: number): Promise<BoundedRead> {
  let file;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return { ok: false, reason: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'irregular' };
  }
  try {
    const status = await file.stat();
    if (!status.isFile()) return { ok: false, reason: 'irregular' };
    if (status.size > limit) return { ok: false, reason: 'too-large' };
    return { ok: true, bytes: await file.readFile() };
  } finally {
    await file.close();
  }
}
