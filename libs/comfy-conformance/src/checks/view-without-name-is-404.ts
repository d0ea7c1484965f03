import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** /view without a file name is 404, with an empty one 400. */
export const viewWithoutNameIs404: ConformanceCheck = {
  id: 'view-without-name-is-404',
  area: 'view',
  statement: '/view without a file name is 404, with an empty one 400',
  async run(context) {
    return compare([404, 400], [(await context.ask('/view')).status, (await context.ask('/view?filename=')).status]);
  },
};
