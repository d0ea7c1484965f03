export { canonicalJson } from './canonical-json.ts';
export { createRecord, type RecordDraft } from './create-record.ts';
export { deriveBenchmark, type DerivedBenchmark } from './derive-benchmark.ts';
export { describeArtifact } from './describe-artifact.ts';
export { hashFile, sha256Hex } from './digest.ts';
export {
  type ArtifactRef,
  type EngineInfo,
  type Fingerprint,
  type InputRef,
  profileNameSchema,
  recordEnvelopeSchema,
  sha256Schema,
  type ToolInfo,
  type Workstream,
  workstreamSchema,
} from './envelope.ts';
export { EvidenceError, type EvidenceErrorCode, evidenceErrorCodes } from './errors.ts';
export { type EvidenceFault, type EvidenceFaultCode, evidenceFaultCodes } from './fault.ts';
export {
  type BenchmarkPayload,
  benchmarkPayloadSchema,
  type BenchmarkRecord,
  type BenchmarkScenario,
  type ImageChecks,
} from './kinds/benchmark.ts';
export { type TrainingRunPayload, trainingRunPayloadSchema, type TrainingRunRecord } from './kinds/training-run.ts';
export { type DatasetCheckPayload, datasetCheckPayloadSchema, type DatasetCheckRecord } from './kinds/dataset-check.ts';
export { type EngineCheckPayload, engineCheckPayloadSchema, type EngineCheckRecord } from './kinds/engine-check.ts';
export {
  type HardwareBaseline,
  hardwareBaselineSchema,
  type HostBaselinePayload,
  hostBaselinePayloadSchema,
  type HostBaselineRecord,
} from './kinds/host-baseline.ts';
export { type SampleRow, sampleRowSchema } from './kinds/sample-row.ts';
export { type ServerCheckPayload, serverCheckPayloadSchema, type ServerCheckRecord } from './kinds/server-check.ts';
export { type TemplateRunPayload, templateRunPayloadSchema, type TemplateRunRecord } from './kinds/template-run.ts';
export { discardLatest } from './latest/discard-latest.ts';
export { type LatestEvidence, type LatestRecord, readLatest } from './latest/read-latest.ts';
export { type ArtifactSource, type LatestContents, type NamedRecord, writeLatest } from './latest/write-latest.ts';
export { evidenceLimits } from './limits.ts';
export { isProcessAlive, type ProcessIdentity, readStartTime } from './process-identity.ts';
export { type FileLock, type FileLockHolder, tryFileLock } from './file-lock.ts';
export { findUnexplainedNulls } from './missing.ts';
export { type EvidenceRecord, parseRecord, recordDigest, type RecordKind, type RecordOf } from './record.ts';
export { renderRecordCatalogue } from './render-record-catalogue.ts';
export { isPlainRelativePath, relativePathSchema } from './relative-path.ts';
export { formatSampleRows, type ParsedSampleRows, parseSampleRows } from './sample-rows.ts';
export { bootstrapMedianInterval, type BootstrapOptions } from './statistics/bootstrap-median-interval.ts';
export { median } from './statistics/median.ts';
export { medianAbsoluteDeviation } from './statistics/median-absolute-deviation.ts';
export { quantile } from './statistics/quantile.ts';
export { type Summary, summarySchema } from './statistics/summary-schema.ts';
export { summarise } from './statistics/summarise.ts';
export { appendToStore, type StoredRecord } from './store/append-to-store.ts';
export { readStore, type StoreHistory } from './store/read-store.ts';
export { type StoreVerification, type VerifiedChain, verifyStore } from './store/verify-store.ts';
export { collectToolInfo } from './tool-info.ts';
export { type BenchmarkFault, verifyBenchmark } from './verify-benchmark.ts';
export { writeFileAtomically } from './write-file-atomically.ts';
