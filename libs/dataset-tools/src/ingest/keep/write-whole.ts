import { writeSync } from 'node:fs';

/**
 * Writes all of the bytes to an open file, without waiting: for little at a time several times as fast as promises.
 *
 * @throws the file system's own error
 */
export function writeWhole(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}
