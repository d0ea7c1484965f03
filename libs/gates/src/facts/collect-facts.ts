import type { EvidenceRecord, InputRef } from '@dgx-pixels/evidence';
import { type GateName, gates, type ProfileName } from '../gate.ts';
import type { LoadedPolicy } from '../policy/load-policy.ts';
import type { GateFacts } from './gate-facts.ts';
import { hashInputs, readWorkflows } from './workspace-files.ts';
import { readWorkstream } from './workstream-facts.ts';

/** Files of the workspace that a record says it was made from. */
export function inputsOf(record: EvidenceRecord): readonly InputRef[] {
  return record.schema === 'dgx-pixels/benchmark/v1'
    ? [...record.inputs, ...Object.values(record.payload.files)]
    : record.inputs;
}

/** Opens all evidence of a gate. Bad evidence becomes part of the facts; nothing is started, written or restored. */
export async function collectFacts(
  workspaceRoot: string,
  gate: GateName,
  profile: ProfileName,
  policyFile: LoadedPolicy,
  now: Date,
): Promise<GateFacts> {
  const read = [];
  for (const workstream of gates[gate]) read.push(await readWorkstream(workspaceRoot, workstream, profile));
  const workstreams = read.map(({ facts }) => facts);
  const records = workstreams.flatMap((facts) => facts.records);
  return {
    gate,
    profile,
    now,
    policyFile,
    workstreams,
    hostBaselines: records.flatMap(({ record, ...file }) =>
      record.schema === 'dgx-pixels/host-baseline/v1' ? [{ ...file, record }] : [],
    ),
    engineChecks: records.flatMap(({ record, ...file }) =>
      record.schema === 'dgx-pixels/engine-check/v1' ? [{ ...file, record }] : [],
    ),
    benchmarks: read.flatMap(({ benchmarks }) => benchmarks),
    trainingRuns: records.flatMap(({ record, ...file }) =>
      record.schema === 'dgx-pixels/training-run/v1' ? [{ ...file, record }] : [],
    ),
    datasetChecks: records.flatMap(({ record, ...file }) =>
      record.schema === 'dgx-pixels/dataset-check/v1' ? [{ ...file, record }] : [],
    ),
    inputs: await hashInputs(
      workspaceRoot,
      records.flatMap(({ record }) => inputsOf(record).map(({ path }) => path)),
    ),
    workflows: await readWorkflows(workspaceRoot),
  };
}
