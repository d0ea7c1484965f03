import { counted } from '../counted.ts';
import { inputsOf } from '../facts/collect-facts.ts';
import { everyProfile, type Probe } from '../probe.ts';

export const workflowTemplatesRan: Probe = {
  id: 'workflow-templates-ran',
  gates: ['m1'],
  profiles: everyProfile,
  motivation: 'The mission asks for templates that are created and tested; a template nobody ran is a guess.',
  method:
    'Each bench/workflows/*.api.json is a graph in API format, and a record names it with the hash that it has today.',
  otherwise: 'No template, or one that no record names: missing. One that changed since it ran: undecided.',
  ask({ workflows, workstreams }) {
    const records = workstreams.flatMap((facts) => facts.records);
    if (workflows.length === 0) {
      const message = 'there is no template';
      return [{ outcome: 'missing', message, workstream: 'ws-05', file: 'bench/workflows' }];
    }
    return workflows.map(({ path, sha256, classes }) => {
      const named = records.filter(({ record }) => inputsOf(record).some((input) => input.path === path));
      const same = named.filter(({ record }) =>
        inputsOf(record).some((input) => input.path === path && input.sha256 === sha256),
      );
      const about = {
        subject: path,
        workstream: 'ws-05' as const,
        file: path,
        recordIds: same.map(({ record }) => record.id),
      };
      if (classes === null) return { outcome: 'unmet', message: `${path} is not a graph in API format`, ...about };
      if (named.length === 0) return { outcome: 'missing', message: `no record says that ${path} ran`, ...about };
      if (same.length === 0) return { outcome: 'undecided', message: `${path} changed since it ran`, ...about };
      return { outcome: 'met', message: `${path} ran in ${counted(same.length, 'record')}`, ...about };
    });
  },
};
