import { randomUUID } from 'node:crypto';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** /api/… answers as the same path without /api does. */
export const apiPrefixAnswersAlike: ConformanceCheck = {
  id: 'api-prefix-answers-alike',
  area: 'routes',
  statement: '/api/… answers as the same path without /api does',
  async run(context) {
    const paths = ['/object_info/EmptyImage', '/features', '/models/vae', `/history/${randomUUID()}`];
    const seen = [];
    for (const path of paths)
      seen.push(
        [await context.ask(path), await context.ask(`/api${path}`)].map(
          ({ status, bytes }) => `${status} ${bytes.toString()}`,
        ),
      );
    return compare(
      seen.map(([plain]) => plain),
      seen.map(([, prefixed]) => prefixed),
    );
  },
};
