import { counted } from '../counted.ts';
import { everyProfile, type Probe } from '../probe.ts';
import { askEachWorkstream } from './each-workstream.ts';

export const recordsAreMeasured: Probe = {
  id: 'records-are-measured',
  gates: ['m0', 'm1', 'm3'],
  profiles: everyProfile,
  motivation: 'Simulated records exist to test the tools; they are about no machine.',
  method: 'The origin of every record is "measured".',
  otherwise: 'A simulated record: unmet.',
  ask: (facts) =>
    askEachWorkstream(facts, ({ records }) => {
      const simulated = records.find(({ record }) => record.origin !== 'measured');
      if (simulated === undefined)
        return { outcome: 'met', message: `${counted(records.length, 'record')}, all measured` };
      const message = `${simulated.path} has the origin "${simulated.record.origin}"`;
      return { outcome: 'unmet', message, value: simulated.record.origin, threshold: 'measured', file: simulated.path };
    }),
};
