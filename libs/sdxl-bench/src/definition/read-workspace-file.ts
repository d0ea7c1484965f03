import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '@dgx-pixels/evidence';
import type { InputRef } from '@dgx-pixels/evidence';

/** A small text file of the workspace and what a record says of it. */
export interface WorkspaceFile {
  /** Relative path with forward slashes, and the hash of the bytes. */
  readonly ref: InputRef;
  readonly text: string;
}

const largestBytes = 1 << 20;

/**
 * Reads a text file below the workspace root.
 *
 * @throws the file system's error, or an Error that says the file is too large or not UTF-8
 */
export async function readWorkspaceFile(workspaceRoot: string, path: string): Promise<WorkspaceFile> {
  const file = await open(join(workspaceRoot, path), 'r');
  try {
    const { size } = await file.stat();
    if (size > largestBytes) throw new Error(`${path} has ${size} bytes, at most ${largestBytes} are read`);
    const bytes = await file.readFile();
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { ref: { path, sha256: sha256Hex(bytes) }, text };
  } finally {
    await file.close();
  }
}
