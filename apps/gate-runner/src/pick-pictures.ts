import { type BenchmarkRecord, parseSampleRows, readLatest } from '@dgx-pixels/evidence';

/** A kept image of the benchmark. */
export interface Picture {
  readonly scenario: string;
  readonly prompt: string;
  /** Path in the measurement folder. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Tiles of a sheet. */
const maxPictures = 96;
/** Single runs, each with a prompt of its own: two rows of the sheet. */
const singles = 16;
/** One batch of one prompt: a row that shows how its images differ. */
const batch = 8;

/** Kept images of one benchmark, in the order of its runs. */
function picturesOf(record: BenchmarkRecord, artifacts: ReadonlyMap<string, Uint8Array>): Picture[] {
  const { samples, scenario } = record.payload;
  const { rows } = parseSampleRows(Buffer.from(artifacts.get(samples.path) ?? []).toString('utf8'));
  const kept = rows.flatMap(({ prompt, images }) =>
    images.flatMap(({ path }) => {
      const bytes = path === null ? undefined : artifacts.get(path);
      return path === null || bytes === undefined ? [] : [{ scenario: scenario.name, prompt, path, bytes }];
    }),
  );
  return kept.slice(0, scenario.batchSize === 1 ? singles : batch);
}

/**
 * Images for the contact sheet, small sizes first: of scenarios with single images 16, of those with batches the first 8.
 * Nothing if the folder has any fault: a sheet shows evidence or it is not made.
 *
 * @param directory - `bench/results/ws-05/<profile>/latest`
 */
export async function pickPictures(directory: string): Promise<Picture[]> {
  const { records, artifacts, faults } = await readLatest(directory);
  if (faults.length > 0) return [];
  return records
    .flatMap(({ record }) => (record.schema === 'dgx-pixels/benchmark/v1' ? [record] : []))
    .sort((a, b) => {
      const [left, right] = [a.payload.scenario, b.payload.scenario];
      return left.width * left.height - right.width * right.height || left.batchSize - right.batchSize;
    })
    .flatMap((record) => picturesOf(record, artifacts))
    .slice(0, maxPictures);
}
