import { everyProfile, type Probe } from '../probe.ts';
import { askEachTrainingRun } from './each-training-run.ts';

export const trainingHasConverged: Probe = {
  id: 'training-has-converged',
  gates: ['m3'],
  profiles: everyProfile,
  motivation: 'A falling training loss says next to nothing: it depends on the timesteps that were drawn.',
  method:
    'On held-out pictures over a fixed grid, the recommended checkpoint is better than the base model with the whole 95 % interval, and the run’s own verdict by the written rule is “converged”.',
  otherwise:
    'No record: missing. Overfit, diverged or inconclusive: unmet; the next try is the backup set, datasets/crew.',
  ask: (facts) =>
    askEachTrainingRun(facts, ({ verdict, reason, recommendedStep, rounds, dataset }) => {
      const recommended = rounds.find(({ step }) => step === recommendedStep);
      const better = recommended !== undefined && recommended.againstBase.high < 0;
      return {
        outcome: verdict === 'converged' && better && dataset.heldOut >= 5 ? 'met' : 'unmet',
        message: `${verdict}: ${reason}; ${dataset.heldOut} pictures held out`,
        value: recommended?.againstBase.high ?? 0,
        threshold: 0,
      };
    }),
};
