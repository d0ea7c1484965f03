import { gb10Profiles, type Probe } from '../probe.ts';
import { askEachWorkstream } from './each-workstream.ts';

export const recordsAreSigned: Probe = {
  id: 'records-are-signed',
  gates: ['m0', 'm1', 'm3'],
  profiles: gb10Profiles,
  motivation: 'A hash shows that a file changed, not who wrote it; figures that others build on need a known writer.',
  method: 'The policy asks for a number of signatures over each folder’s seal by keys that it names.',
  otherwise: 'Records carry no signatures yet, so a policy that asks for one gets: missing.',
  ask: (facts) =>
    askEachWorkstream(facts, ({ directory }) => ({
      outcome: 'missing',
      message: `${directory} has no signature, the policy asks for ${facts.policyFile.policy.requiredSignatures}`,
      value: 0,
      threshold: facts.policyFile.policy.requiredSignatures,
      unit: 'signatures',
    })),
};
