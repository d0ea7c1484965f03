import type {
  BenchmarkRecord,
  DatasetCheckRecord,
  EngineCheckRecord,
  EvidenceFault,
  EvidenceRecord,
  HostBaselineRecord,
  SampleRow,
  TrainingRunRecord,
  Workstream,
} from '@dgx-pixels/evidence';
import type { GateName, ProfileName } from '../gate.ts';
import type { LoadedPolicy } from '../policy/load-policy.ts';

/** A record and its file in the workspace. */
export interface FiledRecord<Kind extends EvidenceRecord = EvidenceRecord> {
  readonly path: string;
  readonly sha256: string;
  readonly record: Kind;
}

/** A benchmark record with its samples as they lie on disk. */
export interface FiledBenchmark extends FiledRecord<BenchmarkRecord> {
  /** The samples file in the workspace. */
  readonly samplesPath: string;
  readonly rows: readonly SampleRow[];
}

/** What one workstream left. Paths are relative to the workspace. */
export interface WorkstreamFacts {
  readonly workstream: Workstream;
  readonly directory: string;
  readonly records: readonly FiledRecord[];
  /** Files other than records and seal whose hash agrees with the seal, by path in the workspace. */
  readonly artifacts: ReadonlyMap<string, Uint8Array>;
  /** Everything wrong with the folder, its sample files and its chain in the store. */
  readonly faults: readonly EvidenceFault[];
}

/** A workflow template of the workspace. */
export interface WorkflowFacts {
  readonly path: string;
  readonly sha256: string;
  /** Node id → class, null if the file is not a workflow in API format. */
  readonly classes: ReadonlyMap<string, string> | null;
}

/** All that probes may look at. Collected once; probes open nothing themselves. */
export interface GateFacts {
  readonly gate: GateName;
  readonly profile: ProfileName;
  readonly now: Date;
  readonly policyFile: LoadedPolicy;
  readonly workstreams: readonly WorkstreamFacts[];
  readonly hostBaselines: readonly FiledRecord<HostBaselineRecord>[];
  readonly engineChecks: readonly FiledRecord<EngineCheckRecord>[];
  readonly benchmarks: readonly FiledBenchmark[];
  readonly trainingRuns: readonly FiledRecord<TrainingRunRecord>[];
  readonly datasetChecks: readonly FiledRecord<DatasetCheckRecord>[];
  /** Today’s hash of each workspace file that a record names; null if it is not there. */
  readonly inputs: ReadonlyMap<string, string | null>;
  /** `bench/workflows/*.api.json`. */
  readonly workflows: readonly WorkflowFacts[];
}
