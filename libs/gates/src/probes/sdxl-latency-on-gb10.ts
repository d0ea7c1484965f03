import { testAtMost } from '../interval-test.ts';
import { missionLimits } from '../policy/built-in-limits.ts';
import { gb10Profiles, type Probe } from '../probe.ts';
import { askEachLimit } from './each-limit.ts';
import { describeMachine, isOnGb10 } from './on-gb10.ts';

export const sdxlLatencyOnGb10: Probe = {
  id: 'sdxl-latency-on-gb10',
  gates: ['m1'],
  profiles: gb10Profiles,
  motivation: 'The mission: at most 3 s for a 1024 × 1024 image on a DGX Spark.',
  method:
    'On a host whose GPU is a GB10, the upper bound of the median’s 95 % interval of single 1024² images is at most 3000 ms.',
  otherwise: 'No record: missing. Another machine or size, or slower: unmet. The limit inside the interval: undecided.',
  ask: (facts) =>
    askEachLimit(
      facts,
      facts.policyFile.policy.limits.filter(({ batchSize }) => batchSize === 1),
      (benchmark) => {
        const { latencyMs, scenario } = benchmark.record.payload;
        const right = isOnGb10(benchmark) && scenario.width === 1024 && scenario.height === 1024;
        return {
          outcome: right ? testAtMost(latencyMs, missionLimits.maxLatencyMs) : 'unmet',
          message: `median ${latencyMs.median.toFixed(0)} ms at ${scenario.width} × ${scenario.height} in ${scenario.steps} steps, guidance ${scenario.cfg}, ${describeMachine(benchmark)}`,
          value: latencyMs.median,
          threshold: missionLimits.maxLatencyMs,
          unit: 'ms',
        };
      },
    ),
};
