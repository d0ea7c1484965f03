import { everyProfile, type Probe } from '../probe.ts';

export const checkpointIsListed: Probe = {
  id: 'checkpoint-is-listed',
  gates: ['m1'],
  profiles: everyProfile,
  motivation: 'The mission asks that the base model loads; a server that does not list it cannot have used it.',
  method: 'Every checkpoint that a benchmark record names is in the list of the engine-check record.',
  otherwise: 'No record of either kind: missing. A name that is not listed: unmet.',
  ask({ engineChecks, benchmarks }) {
    const [check] = engineChecks;
    const wanted = [...new Set(benchmarks.map(({ record }) => record.payload.scenario.checkpoint))];
    if (check === undefined || wanted.length === 0) {
      const message = check === undefined ? 'there is no engine-check record' : 'there is no benchmark record';
      return [{ outcome: 'missing', message, workstream: 'ws-04', file: check?.path ?? null }];
    }
    const absent = wanted.filter((name) => !check.record.payload.checkpoints.includes(name));
    return [
      {
        outcome: absent.length === 0 ? 'met' : 'unmet',
        message: absent.length === 0 ? `listed: ${wanted.join(', ')}` : `not listed: ${absent.join(', ')}`,
        value: wanted.join(', '),
        workstream: 'ws-04',
        recordIds: [check.record.id],
        file: check.path,
      },
    ];
  },
};
