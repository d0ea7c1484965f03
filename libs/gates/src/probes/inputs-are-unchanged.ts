import { counted } from '../counted.ts';
import { inputsOf } from '../facts/collect-facts.ts';
import { everyProfile, type Probe } from '../probe.ts';
import { askEachWorkstream } from './each-workstream.ts';

export const inputsAreUnchanged: Probe = {
  id: 'inputs-are-unchanged',
  gates: ['m1', 'm3'],
  profiles: everyProfile,
  motivation: 'A figure belongs to the profile, definition and template that it was measured with.',
  method: 'Each file of the workspace that a record names has the hash today that it had then.',
  otherwise: 'A file that changed or is gone: undecided, one finding a file.',
  ask: (facts) =>
    askEachWorkstream(facts, ({ records }) => {
      const named = records.flatMap(({ path, record }) => inputsOf(record).map((input) => ({ ...input, by: path })));
      // The policy has a probe of its own.
      const others = named.filter(({ path }) => path !== facts.policyFile.path);
      const changed = new Map(
        others.filter(({ path, sha256 }) => facts.inputs.get(path) !== sha256).map((input) => [input.path, input]),
      );
      if (changed.size === 0)
        return {
          outcome: 'met',
          message: `${counted(new Set(others.map(({ path }) => path)).size, 'file')} as measured`,
        };
      return [...changed.values()].map(({ path, by }) => ({
        outcome: 'undecided',
        message: `${path} ${(facts.inputs.get(path) ?? null) === null ? 'is gone' : 'changed'} since ${by} was measured`,
        file: path,
      }));
    }),
};
