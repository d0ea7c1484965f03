import { randomUUID } from 'node:crypto';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** The history of an unknown id is 200 with an empty object. */
export const unknownHistoryIdIsEmptyObject: ConformanceCheck = {
  id: 'unknown-history-id-is-empty-object',
  area: 'history',
  statement: 'The history of an unknown id is 200 with an empty object',
  async run(context) {
    const reply = await context.ask(`/history/${randomUUID()}`);
    return compare({ status: 200, body: {} }, { status: reply.status, body: reply.json() });
  },
};
