import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { orderOfWaiting } from '../model-run.ts';

/** Of waiting prompts, the one with the lower number runs first. */
export const lowerNumberRunsFirst: ConformanceCheck = {
  id: 'lower-number-runs-first',
  area: 'queue',
  statement: 'Of waiting prompts, the one with the lower number runs first',
  async run(context) {
    const order = await orderOfWaiting(context, {
      second: { number: 1_000_002 },
      third: { number: 1_000_003 },
      first: { number: 1_000_001 },
    });
    return compare(['first', 'second', 'third'], order);
  },
};
