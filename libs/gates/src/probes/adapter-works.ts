import { everyProfile, type Probe } from '../probe.ts';
import { askEachTrainingRun } from './each-training-run.ts';

export const adapterWorks: Probe = {
  id: 'adapter-works',
  gates: ['m3'],
  profiles: everyProfile,
  motivation: 'ComfyUI ignores adapter keys that it does not know without a word.',
  method:
    'The file has every layer that the model has, no other key and no fault, and is no larger than the policy allows; loaded by the engine’s own LoraLoader, strength 0 gives the base model’s picture pixel by pixel and strength 1 changes every picture.',
  otherwise: 'No record: missing. Anything else: unmet.',
  ask: (facts) =>
    askEachTrainingRun(facts, ({ adapter, loading }) => {
      const { maxAdapterBytes } = facts.policyFile.policy.training;
      const whole = adapter.faults.length === 0 && adapter.modules === adapter.expectedModules;
      const works = loading.zeroIsBase && loading.pictures > 0 && loading.changed === loading.pictures;
      const [fault] = adapter.faults;
      return {
        outcome: whole && works && adapter.bytes <= maxAdapterBytes ? 'met' : 'unmet',
        message: `${adapter.modules} of ${adapter.expectedModules} layers, strength 0 ${loading.zeroIsBase ? 'is' : 'is not'} the base, strength 1 changes ${loading.changed} of ${loading.pictures} pictures${fault === undefined ? '' : `; ${fault}`}`,
        value: adapter.bytes,
        threshold: maxAdapterBytes,
        unit: 'bytes',
      };
    }),
};
