import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import { type PrepareBatch, prepareBatch, type PreparedBatch } from './prepare-batch.ts';

/** Threads that take in files. */
export interface PreparePool {
  /** Batches that are worked on at one time, at most. */
  readonly threads: number;
  run(batch: PrepareBatch): Promise<PreparedBatch>;
  close(): Promise<void>;
}

/** A pool larger than this is held up by the one thread that lists files and writes the journal. */
const maxThreads = 8;
/** Until then the code of this thread is still becoming fast, and its speed tells nothing. */
const warmUpMs = 250;
/** Work for less time than this is done before threads have started and their code has become fast. */
const worthThreadsMs = 600;

// Sources run as they are in development; compiled files lie side by side with the same names.
const workerUrl = new URL(
  import.meta.url.endsWith('.ts') ? './prepare-worker.ts' : './prepare-worker.js',
  import.meta.url,
);

/**
 * Takes in batches in this thread, and on worker threads, one a core, as soon as the time of the last batch promises
 * enough work for them.
 *
 * @param files how many there are to take in
 * @param threads worker threads; 0 or 1: none
 */
export function openPreparePool(files: number, threads = Math.min(availableParallelism(), maxThreads)): PreparePool {
  const begun = performance.now();
  let left = files;
  let workers: Tinypool | null = null;
  let here: Promise<unknown> = Promise.resolve();

  async function runHere(batch: PrepareBatch): Promise<PreparedBatch> {
    const started = performance.now();
    const prepared = await prepareBatch(batch);
    left -= batch.tasks.length;
    const now = performance.now();
    const leftMs = ((now - started) / batch.tasks.length) * left;
    if (threads > 1 && now - begun > warmUpMs && leftMs > worthThreadsMs) workers ??= startWorkers(threads);
    return prepared;
  }

  return {
    threads: Math.max(1, threads),
    run(batch) {
      // One batch after the other, until there are threads: else they would slow each other down and time nothing.
      const result = here.then(() => (workers === null ? runHere(batch) : runOn(workers, batch)));
      if (workers === null) here = result.catch(() => undefined);
      return result;
    },
    close: async () => workers?.destroy(),
  };
}

function startWorkers(threads: number): Tinypool {
  return new Tinypool({
    filename: workerUrl.href,
    name: 'prepareBatch',
    runtime: 'worker_threads',
    isolateWorkers: false,
    minThreads: threads,
    maxThreads: threads,
    idleTimeout: 60_000,
  });
}

async function runOn(workers: Tinypool, batch: PrepareBatch): Promise<PreparedBatch> {
  // The worker runs `prepareBatch`: what it answers has that type.
  return (await workers.run(batch)) as PreparedBatch;
}
