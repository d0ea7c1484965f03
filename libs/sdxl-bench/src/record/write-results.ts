import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { appendToStore, discardLatest, formatSampleRows, writeFileAtomically, writeLatest } from '@dgx-pixels/evidence';
import type { SampleRow } from '@dgx-pixels/evidence';
import { BenchError } from '../errors.ts';
import type { RecordedScenario } from './benchmark-record.ts';
import type { ResultsLayout } from './results-layout.ts';

/**
 * Removes what earlier measurements of the profile left, and the verdicts that rest on it: from here on a failure
 * leaves nothing that looks like a result.
 *
 * @throws BenchError BENCH_RESULTS_UNWRITABLE
 */
export async function clearResults(layout: ResultsLayout): Promise<void> {
  await storing(layout.latest, async () => {
    await discardLatest(layout.latest);
    await rm(layout.failed, { recursive: true, force: true });
  });
}

/**
 * Writes the measurement folder as a whole and appends each record to the history.
 *
 * @throws BenchError BENCH_RESULTS_UNWRITABLE; EvidenceError when history is broken or busy
 */
export async function writeRecords(layout: ResultsLayout, recorded: readonly RecordedScenario[]): Promise<void> {
  await storing(layout.latest, async () => {
    // History first: when it refuses, no measurement folder appears either.
    for (const { record } of recorded) await appendToStore(layout.store, record);
    const records = recorded.map(({ name, record }) => ({ name, record }));
    await writeLatest({ directory: layout.latest, records, artifacts: recorded.flatMap(({ artifacts }) => artifacts) });
  });
}

/**
 * Keeps the rows of a scenario that failed, beside the measurement folder, for whoever reads the error.
 *
 * @returns the path of the file
 * @throws BenchError BENCH_RESULTS_UNWRITABLE
 */
export async function writeFailure(
  layout: ResultsLayout,
  scenario: string,
  rows: readonly SampleRow[],
): Promise<string> {
  const path = join(layout.failed, `${scenario}.jsonl`);
  await storing(path, () => writeFileAtomically(path, formatSampleRows(rows)));
  return path;
}

/** Errors of the file system gain a code; errors of the evidence package have one. */
async function storing(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw new BenchError('BENCH_RESULTS_UNWRITABLE', `${path} was not written: ${error.message}`, {
      details: { path },
      cause: error,
    });
  }
}
