import { testAtLeast } from '../interval-test.ts';
import { everyProfile, type Probe } from '../probe.ts';
import { askEachLimit } from './each-limit.ts';

export const batchThroughputWithinLimit: Probe = {
  id: 'batch-throughput-within-limit',
  gates: ['m1'],
  profiles: everyProfile,
  motivation: 'Assets are made in batches: the mission asks for 15 images a minute in batches of 8.',
  method: 'For each limit on throughput: the lower bound of the median’s 95 % interval is at least the limit.',
  otherwise:
    'No record of the scenario: missing. The upper bound below the limit: unmet. The limit inside the interval: undecided.',
  ask: (facts) =>
    askEachLimit(
      facts,
      facts.policyFile.policy.limits.filter(({ minImagesPerMinute }) => minImagesPerMinute !== null),
      ({ record }, { minImagesPerMinute }) => {
        const { median, ci95, n } = record.payload.imagesPerMinute;
        const limit = minImagesPerMinute ?? Infinity;
        return {
          outcome: testAtLeast(record.payload.imagesPerMinute, limit),
          message: `median ${median.toFixed(1)} images a minute, interval ${ci95[0].toFixed(1)} … ${ci95[1].toFixed(1)}, limit ${limit}, n ${n}`,
          value: median,
          threshold: limit,
          unit: 'images/min',
        };
      },
    ),
};
