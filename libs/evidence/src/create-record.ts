import { ulid } from 'ulid';
import type { ArtifactRef, EngineInfo, Fingerprint, InputRef, ToolInfo, Workstream } from './envelope.ts';
import { EvidenceError } from './errors.ts';
import { describeIssues, type RecordKind, type RecordOf, recordSchemas, schemaNames } from './record.ts';

/** What the writer of a record supplies; id, time and schema name are added. */
export interface RecordDraft<Kind extends RecordKind> {
  readonly kind: Kind;
  readonly profile: string;
  readonly workstream: Workstream;
  /** `simulated` for anything that no engine did: such a record satisfies no gate. */
  readonly origin: 'measured' | 'simulated';
  readonly tool: ToolInfo;
  readonly host: Fingerprint;
  readonly engine: EngineInfo | null;
  readonly inputs: readonly InputRef[];
  readonly artifacts: readonly ArtifactRef[];
  readonly payload: RecordOf<Kind>['payload'];
  /** Time of the record. @default now */
  readonly createdAt?: Date;
}

/**
 * Makes a record with a fresh ULID and the present time, and checks it against the schema of its kind.
 *
 * @returns the record with `prev: null`; the store sets `prev` in its own copy
 * @throws EvidenceError EVIDENCE_RECORD_INVALID, with every problem in `details.problems`
 */
export function createRecord<Kind extends RecordKind>(draft: RecordDraft<Kind>): RecordOf<Kind> {
  const { kind, createdAt = new Date(), ...rest } = draft;
  const parsed = recordSchemas[kind].safeParse({
    schema: schemaNames[kind],
    id: ulid(createdAt.getTime()),
    createdAt: createdAt.toISOString(),
    ...rest,
    prev: null,
  });
  if (parsed.success) return parsed.data;
  const problems = describeIssues(parsed.error);
  throw new EvidenceError('EVIDENCE_RECORD_INVALID', `Record of kind ${kind} is not valid: ${problems.join('; ')}`, {
    details: { kind, problems },
    cause: parsed.error,
  });
}
