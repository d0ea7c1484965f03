import { readSourceFile } from '../sources/read-source-file.ts';
import { prepareFile, type PrepareRules } from './prepare-file.ts';
import type { PreparedFile } from './prepared-file.ts';

/** One file to take in. */
export interface PrepareTask {
  /** By which the user knows the file. */
  readonly path: string;
  /** Where it lies on disk, or its content. */
  readonly from: string | Uint8Array;
  /** Text of the JSON beside it; null when there is none. */
  readonly atlas: string | null;
}

/** Files to take in, in one message to a worker. */
export interface PrepareBatch {
  readonly rules: PrepareRules;
  readonly tasks: readonly PrepareTask[];
}

/** What became of the files of a batch, in their order; or why the dataset could not be written. */
export type PreparedBatch = { readonly files: readonly PreparedFile[] } | { readonly unwritable: string };

/** Takes in the files of a batch, one after the other. Runs in a worker or in the main thread. */
export async function prepareBatch({ rules, tasks }: PrepareBatch): Promise<PreparedBatch> {
  const files: PreparedFile[] = [];
  for (const task of tasks) {
    const bytes =
      typeof task.from === 'string'
        ? readSourceFile(task.from)
        : Buffer.from(task.from.buffer, task.from.byteOffset, task.from.length);
    if ('kind' in bytes) {
      files.push({ sha256: null, pictures: [], faults: [{ ...bytes, place: null }] });
      continue;
    }
    try {
      files.push(await prepareFile(task.path, bytes, task.atlas, rules));
    } catch (error) {
      if (error instanceof Error && 'code' in error && 'syscall' in error) return { unwritable: error.message };
      throw error;
    }
  }
  return { files };
}
