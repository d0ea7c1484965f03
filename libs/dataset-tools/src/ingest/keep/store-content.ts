import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { writeWhole } from './write-whole.ts';

let drafts = 0;

/**
 * Puts a file whose name is the hash of its content where it belongs, whole or not at all. A file that is there already
 * is left alone if it has these bytes, and replaced if it does not.
 *
 * Nothing is forced to disk: after a power cut the next ingest finds torn files by their bytes and writes them again.
 *
 * @throws the file system's own error; no draft is left
 */
export function storeContent(path: string, bytes: Uint8Array): void {
  if (holds(path, bytes)) return;
  const draft = `${path}.${process.pid}-${process.hrtime.bigint()}-${drafts++}.tmp`;
  try {
    writeNew(draft, bytes);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Ending of a file that was being written when its writer was killed. */
export const draftName = /\.\d+-\d+-\d+\.tmp$/;

function writeNew(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx');
  try {
    writeWhole(file, bytes);
  } finally {
    closeSync(file);
  }
}

function holds(path: string, bytes: Uint8Array): boolean {
  if (statSync(path, { throwIfNoEntry: false })?.size !== bytes.length) return false;
  return readFileSync(path).equals(bytes);
}
