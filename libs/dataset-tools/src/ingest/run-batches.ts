import { DatasetError } from '../errors.ts';
import type { IngestJournal, JournalLine } from './keep/ingest-journal.ts';
import type { PrepareBatch, PrepareTask } from './prepare/prepare-batch.ts';
import type { PrepareRules } from './prepare/prepare-file.ts';
import type { PreparePool } from './prepare/prepare-pool.ts';
import type { PreparedFile } from './prepare/prepared-file.ts';
import type { SourceEntry } from './sources/opened-source.ts';

/** A file that is still to be taken in. */
export interface PendingFile {
  readonly origin: string;
  /** By which the user knows the file. */
  readonly shown: string;
  readonly entry: SourceEntry;
  /** JSON beside the file, where its source has sheets with an atlas. */
  readonly atlas: SourceEntry | null;
  readonly rules: PrepareRules;
  /** Called once, when the file is in the journal. */
  done(prepared: PreparedFile): void;
}

/** Files in one message to a worker: as many as make the message cheap, as few as keep memory and loss at a kill small. */
const batchLimits = { files: 16, bytes: 8 * 1024 * 1024 } as const;
const nothing: PreparedFile = { sha256: null, pictures: [], faults: [] };
/** Largest atlas that is read, in bytes. */
const maxAtlasBytes = 16 * 1024 * 1024;

/**
 * Takes in files on the pool's threads. Each thread has one batch at a time; what became of a batch is in the journal
 * before the next one begins.
 *
 * @throws DatasetError DATASET_UNWRITABLE; the reason of an abort
 */
export async function runBatches(
  pending: readonly PendingFile[],
  pool: PreparePool,
  journal: IngestJournal,
  signal: AbortSignal | undefined,
): Promise<void> {
  const batches = cutIntoBatches(pending);
  let writing = Promise.resolve();
  const failure = new AbortController();
  const work = async () => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      signal?.throwIfAborted();
      if (failure.signal.aborted) return;
      const prepared = await prepare(batch, pool);
      const lines: JournalLine[] = batch.map(({ origin, entry }, index) => ({
        origin,
        path: entry.path,
        stamp: entry.stamp,
        prepared: prepared[index] ?? nothing,
      }));
      writing = writing.then(() => journal.append(lines));
      await writing;
      batch.forEach((file, index) => file.done(lines[index]?.prepared ?? nothing));
    }
  };
  const workers = Array.from({ length: pool.threads }, async () => {
    try {
      await work();
    } catch (error) {
      failure.abort();
      throw error;
    }
  });
  const failed = (await Promise.allSettled(workers)).find((result) => result.status === 'rejected');
  if (failed !== undefined) throw asDatasetError(failed.reason);
}

function asDatasetError(reason: unknown): unknown {
  const isSystemError = reason instanceof Error && 'syscall' in reason;
  return isSystemError ? new DatasetError('DATASET_UNWRITABLE', reason.message, { cause: reason }) : reason;
}

/** Batches of files with the same rules, in order. */
function cutIntoBatches(pending: readonly PendingFile[]): PendingFile[][] {
  const batches: PendingFile[][] = [];
  let bytes = 0;
  for (const file of pending) {
    const last = batches.at(-1);
    bytes += file.entry.bytes;
    const fits =
      last !== undefined &&
      last.length < batchLimits.files &&
      bytes <= batchLimits.bytes &&
      last[0]?.rules === file.rules;
    if (fits) last.push(file);
    else {
      batches.push([file]);
      bytes = file.entry.bytes;
    }
  }
  return batches;
}

/** What became of the files of a batch, in their order. */
async function prepare(batch: readonly PendingFile[], pool: PreparePool): Promise<readonly PreparedFile[]> {
  const [first] = batch;
  if (first === undefined) return [];
  const results: (PreparedFile | null)[] = [];
  const tasks: PrepareTask[] = [];
  for (const { entry, shown, atlas } of batch) {
    const from = entry.file ?? (await entry.read());
    const unread = typeof from === 'object' && 'kind' in from;
    results.push(unread ? { sha256: null, pictures: [], faults: [{ ...from, place: null }] } : null);
    if (!unread) tasks.push({ path: shown, from, atlas: await readAtlas(atlas) });
  }
  const answer =
    tasks.length === 0 ? { files: [] } : await pool.run({ rules: first.rules, tasks } satisfies PrepareBatch);
  if ('unwritable' in answer) throw new DatasetError('DATASET_UNWRITABLE', answer.unwritable);
  const prepared = answer.files.values();
  return results.map((result) => result ?? prepared.next().value ?? nothing);
}

async function readAtlas(atlas: SourceEntry | null): Promise<string | null> {
  if (atlas === null || atlas.bytes > maxAtlasBytes) return null;
  const bytes = await atlas.read();
  return 'kind' in bytes ? null : bytes.toString('utf8');
}
