import { everyProfile, type Probe } from '../probe.ts';
import { askEachTrainingRun } from './each-training-run.ts';

export const trainingWithinLimit: Probe = {
  id: 'training-within-limit',
  gates: ['m3'],
  profiles: everyProfile,
  motivation: 'The mission asks for 3,000 updates on 50 pictures within four hours.',
  method:
    'The recorded run made at least as many updates on a set of at least as many pictures as the policy asks, and took no longer from the start of the trainer to its end.',
  otherwise: 'No record: missing. Fewer updates or pictures, or more time: unmet.',
  ask: (facts) =>
    askEachTrainingRun(facts, ({ steps, dataset, seconds, settings }) => {
      const { minPictures } = facts.policyFile.policy.dataset;
      const { minUpdates, maxSeconds } = facts.policyFile.policy.training;
      const whole = steps >= minUpdates && dataset.pictures >= minPictures;
      return {
        outcome: whole && seconds.total <= maxSeconds ? 'met' : 'unmet',
        message: `${steps} updates of ${settings.batchSize} pictures on a set of ${dataset.pictures}, ${settings.precision} on ${settings.device}: ${seconds.total.toFixed(0)} s`,
        value: seconds.total,
        threshold: maxSeconds,
        unit: 's',
      };
    }),
};
