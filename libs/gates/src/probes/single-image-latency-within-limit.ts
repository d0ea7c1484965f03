import { testAtMost } from '../interval-test.ts';
import { everyProfile, type Probe } from '../probe.ts';
import { askEachLimit } from './each-limit.ts';

export const singleImageLatencyWithinLimit: Probe = {
  id: 'single-image-latency-within-limit',
  gates: ['m1'],
  profiles: everyProfile,
  motivation: 'A person waits for one image: the mission allows 3 s, the embedded policy has limits of its own.',
  method: 'For each limit on latency: the upper bound of the median’s 95 % interval is at most the limit.',
  otherwise:
    'No record of the scenario: missing. The lower bound above the limit: unmet. The limit inside the interval: undecided.',
  ask: (facts) =>
    askEachLimit(
      facts,
      facts.policyFile.policy.limits.filter(({ maxLatencyMs }) => maxLatencyMs !== null),
      ({ record }, { maxLatencyMs }) => {
        const { median, ci95, n } = record.payload.latencyMs;
        const limit = maxLatencyMs ?? 0;
        return {
          outcome: testAtMost(record.payload.latencyMs, limit),
          message: `median ${median.toFixed(0)} ms, interval ${ci95[0].toFixed(0)} … ${ci95[1].toFixed(0)} ms, limit ${limit} ms, n ${n}`,
          value: median,
          threshold: limit,
          unit: 'ms',
        };
      },
    ),
};
