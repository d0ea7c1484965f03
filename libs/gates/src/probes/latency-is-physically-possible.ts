import { gb10Profiles, type Probe } from '../probe.ts';
import { gb10FloorMs } from '../roofline.ts';
import { askEachLimit } from './each-limit.ts';

export const latencyIsPhysicallyPossible: Probe = {
  id: 'latency-is-physically-possible',
  gates: ['m1'],
  profiles: gb10Profiles,
  motivation:
    'A figure below what the chip’s specified peak allows shows a fault of the measurement, not a fast server.',
  method: 'No sample of a scenario needs less time an image than its arithmetic at 125 TFLOPS (dense FP16).',
  otherwise: 'A faster sample: unmet. A size whose work is not tabulated: undecided.',
  ask: (facts) =>
    askEachLimit(facts, facts.policyFile.policy.limits, ({ record, rows, samplesPath }) => {
      const { scenario } = record.payload;
      const floor = gb10FloorMs(scenario);
      const fastest = Math.min(...rows.map(({ clientMs }) => clientMs / scenario.batchSize));
      if (floor === null || rows.length === 0) {
        return { outcome: 'undecided', message: `the work of ${scenario.width} × ${scenario.height} is not tabulated` };
      }
      return {
        outcome: fastest >= floor ? 'met' : 'unmet',
        message: `fastest ${fastest.toFixed(0)} ms an image, floor ${floor.toFixed(0)} ms`,
        value: fastest,
        threshold: floor,
        unit: 'ms',
        file: samplesPath,
      };
    }),
};
