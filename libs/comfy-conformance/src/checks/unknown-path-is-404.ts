import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** An unknown path is 404. */
export const unknownPathIs404: ConformanceCheck = {
  id: 'unknown-path-is-404',
  area: 'routes',
  statement: 'An unknown path is 404',
  async run(context) {
    const reply = await context.ask('/dgx-pixels-no-such-path');
    return compare(404, reply.status);
  },
};
