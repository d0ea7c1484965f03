import { deriveBenchmark } from './derive-benchmark.ts';
import type { BenchmarkRecord } from './kinds/benchmark.ts';
import type { SampleRow } from './kinds/sample-row.ts';

/** A number of a benchmark record that its sample rows contradict. */
export interface BenchmarkFault {
  /** Field of the payload, dots between names. */
  readonly field: string;
  readonly message: string;
}

/** Relative difference that two computations of the same formula may show. */
const relativeTolerance = 1e-9;

function differs(recorded: number, computed: number): boolean {
  return Math.abs(recorded - computed) > relativeTolerance * Math.max(Math.abs(recorded), Math.abs(computed));
}

/** Walks two JSON values of one shape and names every number that differs. */
function compareNumbers(field: string, recorded: unknown, computed: unknown): BenchmarkFault[] {
  if (typeof computed === 'number') {
    const agrees = typeof recorded === 'number' && !differs(recorded, computed);
    return agrees ? [] : [{ field, message: `${field} is ${String(recorded)}, the samples give ${computed}` }];
  }
  const left = new Map<string, unknown>(Object.entries(recorded ?? {}));
  return Object.entries(computed ?? {}).flatMap(([key, value]) =>
    compareNumbers(field === '' ? key : `${field}.${key}`, left.get(key), value),
  );
}

function checkRows(record: BenchmarkRecord, rows: readonly SampleRow[]): BenchmarkFault[] {
  const { plan, samples } = record.payload;
  const faults: BenchmarkFault[] = [];
  const fault = (field: string, message: string): void => void faults.push({ field, message });
  if (rows.length !== samples.count)
    fault('samples.count', `samples.count is ${samples.count}, the file has ${rows.length} rows`);
  if (rows.length !== plan.measuredRuns) {
    fault('plan.measuredRuns', `plan.measuredRuns is ${plan.measuredRuns}, the file has ${rows.length} rows`);
  }
  if (rows.some((row, position) => row.index !== position)) fault('samples', 'rows are not numbered 0, 1, 2 …');
  if (new Set(rows.map((row) => row.promptId)).size !== rows.length) fault('samples', 'a prompt id occurs twice');
  if (new Set(rows.map((row) => row.seed)).size !== rows.length) fault('samples', 'a seed occurs twice');
  const kept = new Map(record.artifacts.map((artifact) => [artifact.path, artifact.sha256]));
  for (const image of rows.flatMap((row) => row.images)) {
    if (image.path !== null && kept.get(image.path) !== image.sha256) {
      fault('samples', `image ${image.path} is not the artifact that the record names`);
    }
  }
  return faults;
}

/**
 * Recomputes a benchmark record from its sample rows: counts, summaries with their intervals, image checks, and that
 * the kept images are the record's artifacts. Pure; says nothing about whether the numbers are good.
 *
 * @returns one fault for each number that differs (relative tolerance 1e-9); empty if all agree
 */
export function verifyBenchmark(record: BenchmarkRecord, rows: readonly SampleRow[]): BenchmarkFault[] {
  const faults = checkRows(record, rows);
  if (rows.length === 0) return [...faults, { field: 'samples', message: 'the samples file has no rows' }];
  const { scenario, plan } = record.payload;
  return [...faults, ...compareNumbers('', record.payload, deriveBenchmark(rows, scenario, plan.mustRunNodes))];
}
