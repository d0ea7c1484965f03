import { everyProfile, type Probe } from '../probe.ts';
import { askEachLimit } from './each-limit.ts';

export const workloadMatchesPolicy: Probe = {
  id: 'workload-matches-policy',
  gates: ['m1'],
  profiles: everyProfile,
  motivation: 'A smaller image, a smaller batch or fewer steps would be faster, and something else.',
  method:
    'For each scenario of the policy: the record has its width, height and batch size, and at least its number of steps.',
  otherwise: 'Any other workload: unmet.',
  ask: (facts) =>
    askEachLimit(facts, facts.policyFile.policy.limits, ({ record }, limit) => {
      const { width, height, batchSize, steps, cfg, sampler } = record.payload.scenario;
      const same = width === limit.width && height === limit.height && batchSize === limit.batchSize;
      return {
        outcome: same && steps >= limit.minSteps ? 'met' : 'unmet',
        message: `${width} × ${height}, batch ${batchSize}, ${steps} ${sampler} steps, guidance ${cfg}; asked ${limit.width} × ${limit.height}, batch ${limit.batchSize}, at least ${limit.minSteps} steps`,
        value: steps,
        threshold: limit.minSteps,
        unit: 'steps',
      };
    }),
};
