import { counted } from '../counted.ts';
import type { Answer } from '../finding.ts';
import { everyProfile, type Probe } from '../probe.ts';
import { idsOf } from './each-workstream.ts';

export const recordsAreIntact: Probe = {
  id: 'records-are-intact',
  gates: ['m0', 'm1', 'm3'],
  profiles: everyProfile,
  motivation: 'Evidence that was edited after it was written says what its editor wanted.',
  method:
    'Each folder’s seal is in its written form, every file has its sealed hash and length, none is lost or added, records fit their schema and place, artifacts are those the records name, and the chain in the store verifies and holds the same records.',
  otherwise: 'No measurement: missing. Anything else: unmet, one finding a file.',
  integrity: true,
  ask({ workstreams }) {
    return workstreams.flatMap<Answer>((facts) => {
      const about = { subject: facts.workstream, workstream: facts.workstream, recordIds: idsOf(facts) };
      const faults = facts.faults.filter(({ code }) => code !== 'number-differs');
      if (faults.length === 0) {
        const message = `${counted(facts.records.length, 'record')} and ${counted(facts.artifacts.size, 'artifact')} as sealed`;
        return [{ outcome: 'met', message, file: facts.directory, ...about }];
      }
      return faults.map(({ path, code, message }) => ({
        outcome: code === 'folder-missing' ? 'missing' : 'unmet',
        message: `${path}: ${message}`,
        value: code,
        file: path,
        ...about,
      }));
    });
  },
};
