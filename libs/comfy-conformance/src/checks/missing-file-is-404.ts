import { randomUUID } from 'node:crypto';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** /view of a file that is not there is 404. */
export const missingFileIs404: ConformanceCheck = {
  id: 'missing-file-is-404',
  area: 'view',
  statement: '/view of a file that is not there is 404',
  async run(context) {
    const reply = await context.ask(`/view?filename=${randomUUID()}.png&type=output`);
    return compare(404, reply.status);
  },
};
