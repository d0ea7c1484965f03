import { type Probe } from '../probe.ts';
import { gb10FloorMs } from '../roofline.ts';
import { askEachLimit } from './each-limit.ts';

export const rooflineGapWithinLimit: Probe = {
  id: 'roofline-gap-within-limit',
  gates: ['m1'],
  profiles: ['gb10-full'],
  motivation:
    'Twenty steps with guidance in 3 s are beyond what this chip has been shown to do; the honest question is how close the software comes to the machine.',
  method:
    'Upper bound of the median latency divided by the time of the arithmetic at the specified peak. The measured peak is lower, so the true gap is smaller: at most the limit here means at most the limit there.',
  otherwise:
    'Above the limit: undecided, because no record holds the measured FP16 peak of the GPU. No record: missing.',
  ask: (facts) =>
    askEachLimit(
      facts,
      facts.policyFile.policy.limits.filter(({ maxRooflineGap }) => maxRooflineGap !== null),
      ({ record }, { maxRooflineGap }) => {
        const floor = gb10FloorMs(record.payload.scenario);
        const limit = maxRooflineGap ?? 0;
        if (floor === null)
          return { outcome: 'undecided', message: 'the work of this size is not tabulated', threshold: limit };
        const gap = record.payload.latencyMs.ci95[1] / floor;
        return {
          outcome: gap <= limit ? 'met' : 'undecided',
          message: `${gap.toFixed(2)} times the floor of ${floor.toFixed(0)} ms at the specified peak, limit ${limit}`,
          value: gap,
          threshold: limit,
          unit: '×',
        };
      },
    ),
};
