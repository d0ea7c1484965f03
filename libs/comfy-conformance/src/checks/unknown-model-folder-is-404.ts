import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';

/** /models of an unknown folder is 404. */
export const unknownModelFolderIs404: ConformanceCheck = {
  id: 'unknown-model-folder-is-404',
  area: 'routes',
  statement: '/models of an unknown folder is 404',
  async run(context) {
    const reply = await context.ask('/models/dgx-pixels-no-such-folder');
    return compare(404, reply.status);
  },
};
