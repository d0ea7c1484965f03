import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { runToEnd } from '../prompt-run.ts';

/** A prompt for the front of the queue has a negative number. */
export const frontGetsANegativeNumber: ConformanceCheck = {
  id: 'front-gets-a-negative-number',
  area: 'submission',
  statement: 'A prompt for the front of the queue has a negative number',
  async run(context) {
    const { number } = await runToEnd(context, shownPicture(), { more: { front: true } });
    return compare({ negative: true }, { negative: number < 0 || Object.is(number, -0) });
  },
};
