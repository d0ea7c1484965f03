import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { maxFileBytes, type UnreadFile } from './opened-source.ts';

/**
 * Reads a file of at most 64 MiB. In one go and without waiting: for small files several times as fast as promises, and
 * workers do it.
 */
export function readSourceFile(path: string): Buffer | UnreadFile {
  let file: number | null = null;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const status = fstatSync(file);
    if (!status.isFile()) return { kind: 'file-irregular', message: 'it is no file any more' };
    if (status.size > maxFileBytes) return { kind: 'file-too-large', message: `it has ${status.size} bytes` };
    const bytes = Buffer.allocUnsafeSlow(status.size);
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(file, bytes, length, bytes.length - length, null);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } catch (error) {
    return {
      kind: 'file-unreadable',
      message: error instanceof Error && 'code' in error ? String(error.code) : String(error),
    };
  } finally {
    if (file !== null) closeSync(file);
  }
}
