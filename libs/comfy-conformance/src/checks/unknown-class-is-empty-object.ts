import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** /object_info of an unknown class is 200 with an empty object. */
export const unknownClassIsEmptyObject: ConformanceCheck = {
  id: 'unknown-class-is-empty-object',
  area: 'routes',
  statement: '/object_info of an unknown class is 200 with an empty object',
  async run(context) {
    const reply = await context.ask('/object_info/DgxPixelsNoSuchClass');
    return compare({ status: 200, body: {} }, { status: reply.status, body: reply.json() });
  },
};
