import { randomUUID } from 'node:crypto';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** Actions answer 200 with an empty body, also where there is nothing to do. */
export const actionsAnswerWithAnEmptyBody: ConformanceCheck = {
  id: 'actions-answer-with-an-empty-body',
  area: 'routes',
  statement: 'Actions answer 200 with an empty body, also where there is nothing to do',
  async run(context) {
    const id = randomUUID();
    const replies = [
      await context.post('/queue', { delete: [id] }),
      await context.post('/history', { delete: [id] }),
      await context.post('/interrupt', { prompt_id: id }),
      await context.post('/free', {}),
    ];
    return compare(
      replies.map(() => ({ status: 200, bytes: 0 })),
      replies.map(({ status, bytes }) => ({ status, bytes: bytes.length })),
    );
  },
};
