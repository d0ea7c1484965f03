import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { orderOfWaiting } from '../model-run.ts';

/** A prompt for the front runs before those that wait. */
export const frontRunsBeforeWhatWaits: ConformanceCheck = {
  id: 'front-runs-before-what-waits',
  area: 'queue',
  statement: 'A prompt for the front runs before those that wait',
  async run(context) {
    return compare(['front', 'waiting'], await orderOfWaiting(context, { waiting: {}, front: { front: true } }));
  },
};
