import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';
import { sha256Hex } from './digest.ts';
import { type BenchmarkRecord, benchmarkRecordSchema } from './kinds/benchmark.ts';
import { type DatasetCheckRecord, datasetCheckRecordSchema } from './kinds/dataset-check.ts';
import { type EngineCheckRecord, engineCheckRecordSchema } from './kinds/engine-check.ts';
import { type HostBaselineRecord, hostBaselineRecordSchema } from './kinds/host-baseline.ts';
import { type ServerCheckRecord, serverCheckRecordSchema } from './kinds/server-check.ts';
import { type TemplateRunRecord, templateRunRecordSchema } from './kinds/template-run.ts';
import { type TrainingRunRecord, trainingRunRecordSchema } from './kinds/training-run.ts';

interface RecordTypes {
  hostBaseline: HostBaselineRecord;
  engineCheck: EngineCheckRecord;
  templateRun: TemplateRunRecord;
  serverCheck: ServerCheckRecord;
  benchmark: BenchmarkRecord;
  datasetCheck: DatasetCheckRecord;
  trainingRun: TrainingRunRecord;
}

/** Kinds of records. */
export type RecordKind = keyof RecordTypes;
/** Record of one kind. */
export type RecordOf<Kind extends RecordKind> = RecordTypes[Kind];
/** A record of any kind; narrow it by `schema`. */
export type EvidenceRecord = RecordTypes[RecordKind];

/** Kind → schema of its record. */
export const recordSchemas: { readonly [Kind in RecordKind]: z.ZodType<RecordTypes[Kind]> } = {
  hostBaseline: hostBaselineRecordSchema,
  engineCheck: engineCheckRecordSchema,
  templateRun: templateRunRecordSchema,
  serverCheck: serverCheckRecordSchema,
  benchmark: benchmarkRecordSchema,
  datasetCheck: datasetCheckRecordSchema,
  trainingRun: trainingRunRecordSchema,
};

/** Kind → the value of the record's `schema` field. */
export const schemaNames = {
  hostBaseline: 'dgx-pixels/host-baseline/v1',
  engineCheck: 'dgx-pixels/engine-check/v1',
  templateRun: 'dgx-pixels/template-run/v1',
  serverCheck: 'dgx-pixels/server-check/v1',
  benchmark: 'dgx-pixels/benchmark/v1',
  datasetCheck: 'dgx-pixels/dataset-check/v1',
  trainingRun: 'dgx-pixels/training-run/v1',
} as const;

/** Outcome of reading a value that should be a record. */
export type ParsedRecord = { ok: true; record: EvidenceRecord } | { ok: false; problems: string[] };

const anyRecordSchema = z.discriminatedUnion('schema', [
  hostBaselineRecordSchema,
  engineCheckRecordSchema,
  templateRunRecordSchema,
  serverCheckRecordSchema,
  benchmarkRecordSchema,
  datasetCheckRecordSchema,
  trainingRunRecordSchema,
]);

/** Problems of a failed parse as lines `path: what`. */
export function describeIssues(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const path = issue.path.map(String).join('.');
    return path === '' ? issue.message : `${path}: ${issue.message}`;
  });
}

/** Reads a value as a record of a known kind, reporting every problem at once. */
export function parseRecord(value: unknown): ParsedRecord {
  const parsed = anyRecordSchema.safeParse(value);
  if (parsed.success) return { ok: true, record: parsed.data };
  const named = z.object({ schema: z.string() }).safeParse(value);
  const known: readonly string[] = Object.values(schemaNames);
  if (named.success && !known.includes(named.data.schema)) {
    return { ok: false, problems: [`schema: "${named.data.schema.slice(0, 80)}" is not known here`] };
  }
  return { ok: false, problems: describeIssues(parsed.error) };
}

/**
 * SHA-256 that identifies what a record says: over its canonical JSON with `prev` set to null, so that the record in a
 * measurement folder and its copy in the store have the same digest.
 */
export function recordDigest(record: EvidenceRecord): string {
  return sha256Hex(canonicalJson({ ...record, prev: null }));
}
