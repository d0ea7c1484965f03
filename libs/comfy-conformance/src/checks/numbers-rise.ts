import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { runToEnd } from '../prompt-run.ts';

/** The number of a prompt is higher than that of the one before it. */
export const numbersRise: ConformanceCheck = {
  id: 'numbers-rise',
  area: 'submission',
  statement: 'The number of a prompt is higher than that of the one before it',
  async run(context) {
    const socket = await context.openSocket();
    const first = await runToEnd(context, shownPicture(), { socket });
    const second = await runToEnd(context, shownPicture(), { socket });
    return compare(true, second.number > first.number);
  },
};
