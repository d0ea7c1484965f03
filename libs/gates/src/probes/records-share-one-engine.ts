import { counted } from '../counted.ts';
import { everyProfile, type Probe } from '../probe.ts';

export const recordsShareOneEngine: Probe = {
  id: 'records-share-one-engine',
  gates: ['m1'],
  profiles: everyProfile,
  motivation: 'What was checked has to be what was measured: same software, same model files.',
  method:
    'Kind, version and model hashes of the engine agree in all records, and the kind is the one the policy names.',
  otherwise: 'No records: missing. Different engines: unmet.',
  ask({ workstreams, policyFile }) {
    const records = workstreams.flatMap((facts) => facts.records);
    const [first] = records;
    if (first === undefined) return [{ outcome: 'missing', message: 'there are no records' }];
    const describe = ({ record: { engine } }: typeof first): string =>
      JSON.stringify([engine?.kind, engine?.version, [...(engine?.modelSha256 ?? [])].sort()]);
    const wanted = policyFile.policy.engine;
    const other = records.find((entry) => describe(entry) !== describe(first) || entry.record.engine?.kind !== wanted);
    return [
      {
        outcome: other === undefined ? 'met' : 'unmet',
        message:
          other === undefined
            ? `${counted(records.length, 'record')} of ${wanted} ${first.record.engine?.version ?? ''}`
            : `${other.path} names another engine than ${first.path} or than the policy (${wanted})`,
        workstream: 'ws-05',
        recordIds: records.map(({ record }) => record.id),
        file: other?.path ?? first.path,
      },
    ];
  },
};
