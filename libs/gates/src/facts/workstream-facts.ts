import { join, relative, sep } from 'node:path';
import {
  type EvidenceFault,
  parseSampleRows,
  readLatest,
  readStore,
  recordDigest,
  verifyBenchmark,
  type Workstream,
} from '@dgx-pixels/evidence';
import type { ProfileName } from '../gate.ts';
import type { FiledBenchmark, FiledRecord, WorkstreamFacts } from './gate-facts.ts';

/** What one workstream left, and its benchmarks with their samples. */
export interface ReadWorkstream {
  readonly facts: WorkstreamFacts;
  readonly benchmarks: readonly FiledBenchmark[];
}

const utf8 = new TextDecoder();

/** Reads the samples of the benchmarks in a folder and recomputes their numbers. */
function readBenchmarks(
  directory: string,
  records: readonly FiledRecord[],
  artifacts: ReadonlyMap<string, Uint8Array>,
): { benchmarks: FiledBenchmark[]; faults: EvidenceFault[] } {
  const benchmarks: FiledBenchmark[] = [];
  const faults: EvidenceFault[] = [];
  for (const { path, sha256, record } of records) {
    if (record.schema !== 'dgx-pixels/benchmark/v1') continue;
    const samplesPath = `${directory}/${record.payload.samples.path}`;
    const bytes = artifacts.get(samplesPath);
    const named = record.artifacts.some((artifact) => artifact.path === record.payload.samples.path);
    if (bytes === undefined || !named) {
      faults.push({
        path: samplesPath,
        code: 'artifact-mismatch',
        message: `the samples that ${path} names are not there as sealed`,
      });
    }
    const { rows, problems } = parseSampleRows(bytes === undefined ? '' : utf8.decode(bytes));
    faults.push(...problems.map((message) => ({ path: samplesPath, code: 'rows-invalid' as const, message })));
    const wrong = verifyBenchmark(record, rows);
    faults.push(...wrong.map(({ message }) => ({ path, code: 'number-differs' as const, message })));
    benchmarks.push({ path, sha256, record, samplesPath, rows });
  }
  return { benchmarks, faults };
}

/** Faults of the chain, and records that differ from the copy which the chain holds of them. */
async function compareWithStore(
  workspaceRoot: string,
  workstream: Workstream,
  profile: ProfileName,
  records: readonly FiledRecord[],
): Promise<EvidenceFault[]> {
  const history = await readStore(join(workspaceRoot, 'bench/results/store'), { workstream, profile });
  const stored = new Map(history.records.map((record) => [record.id, recordDigest(record)]));
  const changed = records.filter(
    ({ record }) => (stored.get(record.id) ?? recordDigest(record)) !== recordDigest(record),
  );
  return [
    ...history.faults,
    ...changed.map(({ path, record }) => ({
      path,
      code: 'digest-mismatch' as const,
      message: `differs from the record ${record.id} in ${relative(workspaceRoot, history.path)}`,
    })),
  ];
}

/** Opens the evidence of one workstream: the folder of its latest measurement, and its chain if there is one. */
export async function readWorkstream(
  workspaceRoot: string,
  workstream: Workstream,
  profile: ProfileName,
): Promise<ReadWorkstream> {
  const directory = `bench/results/${workstream}/${profile}/latest`;
  const inWorkspace = (path: string): string => relative(workspaceRoot, path).split(sep).join('/');
  const latest = await readLatest(join(workspaceRoot, directory));
  const records = latest.records.map(({ path, sha256, record }) => ({ path: inWorkspace(path), sha256, record }));
  const artifacts = new Map([...latest.artifacts].map(([path, bytes]) => [`${directory}/${path}`, bytes]));
  const misplaced = records.filter(({ record }) => record.workstream !== workstream || record.profile !== profile);
  const { benchmarks, faults } = readBenchmarks(directory, records, artifacts);
  const storeFaults = await compareWithStore(workspaceRoot, workstream, profile, records);
  const ids = records.map(({ record }) => record.id);
  const repeated = records.filter(({ record }, position) => ids.indexOf(record.id) !== position);
  return {
    facts: {
      workstream,
      directory,
      records,
      artifacts,
      faults: [
        ...[...latest.faults, ...storeFaults].map((fault) => ({
          ...fault,
          path: fault.path.startsWith(workspaceRoot) ? inWorkspace(fault.path) : fault.path,
        })),
        ...misplaced.map(({ path, record }) => ({
          path,
          code: 'record-misplaced' as const,
          message: `is a record of ${record.workstream} under profile ${record.profile}`,
        })),
        ...repeated.map(({ path, record }) => ({
          path,
          code: 'record-misplaced' as const,
          message: `has the id ${record.id} of another record`,
        })),
        ...faults,
      ],
    },
    benchmarks,
  };
}
