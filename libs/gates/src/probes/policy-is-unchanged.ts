import { counted } from '../counted.ts';
import { everyProfile, type Probe } from '../probe.ts';

export const policyIsUnchanged: Probe = {
  id: 'policy-is-unchanged',
  gates: ['m1'],
  profiles: everyProfile,
  motivation: 'A threshold chosen after the result fits the result.',
  method: 'Every benchmark record names this policy with the hash that it has today.',
  otherwise: 'No benchmark record: missing. Another hash: undecided until it is measured anew under the new policy.',
  ask({ benchmarks, policyFile }) {
    if (benchmarks.length === 0) {
      return [
        {
          outcome: 'missing',
          message: 'no benchmark record names a policy',
          workstream: 'ws-05',
          file: policyFile.path,
        },
      ];
    }
    const other = benchmarks.find(({ record: { payload } }) => {
      const { path, sha256 } = payload.files.policy;
      return path !== policyFile.path || sha256 !== policyFile.sha256;
    });
    return [
      {
        outcome: other === undefined ? 'met' : 'undecided',
        message:
          other === undefined
            ? `${policyFile.path} is the policy of ${counted(benchmarks.length, 'benchmark record')}`
            : `${policyFile.path} is not what it was when ${other.path} was measured`,
        value: policyFile.sha256,
        threshold: other?.record.payload.files.policy.sha256 ?? policyFile.sha256,
        workstream: 'ws-05',
        recordIds: benchmarks.map(({ record }) => record.id),
        file: policyFile.path,
      },
    ];
  },
};
