import { testAtLeast } from '../interval-test.ts';
import { missionLimits } from '../policy/built-in-limits.ts';
import { gb10Profiles, type Probe } from '../probe.ts';
import { askEachLimit } from './each-limit.ts';
import { describeMachine, isOnGb10 } from './on-gb10.ts';

export const sdxlThroughputOnGb10: Probe = {
  id: 'sdxl-throughput-on-gb10',
  gates: ['m1'],
  profiles: gb10Profiles,
  motivation: 'The mission: at least 15 images a minute in batches of 8 on a DGX Spark.',
  method:
    'On a host whose GPU is a GB10, the lower bound of the median’s 95 % interval of 1024² batches is at least 15 images a minute.',
  otherwise: 'No record: missing. Another machine or size, or slower: unmet. The limit inside the interval: undecided.',
  ask: (facts) =>
    askEachLimit(
      facts,
      facts.policyFile.policy.limits.filter(({ batchSize }) => batchSize === 8),
      (benchmark) => {
        const { imagesPerMinute, scenario } = benchmark.record.payload;
        const right = isOnGb10(benchmark) && scenario.width === 1024 && scenario.height === 1024;
        return {
          outcome: right ? testAtLeast(imagesPerMinute, missionLimits.minImagesPerMinute) : 'unmet',
          message: `median ${imagesPerMinute.median.toFixed(1)} images a minute at ${scenario.width} × ${scenario.height}, batch ${scenario.batchSize}, ${describeMachine(benchmark)}`,
          value: imagesPerMinute.median,
          threshold: missionLimits.minImagesPerMinute,
          unit: 'images/min',
        };
      },
    ),
};
