import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { readHistory, runToSuccess } from '../prompt-run.ts';

/** An entry that was deleted is gone, and others stay. */
export const deletedEntryIsForgotten: ConformanceCheck = {
  id: 'deleted-entry-is-forgotten',
  area: 'history',
  statement: 'An entry that was deleted is gone, and others stay',
  async run(context) {
    const socket = await context.openSocket();
    const gone = await runToSuccess(context, shownPicture(), { socket });
    const kept = await runToSuccess(context, shownPicture(), { socket });
    const reply = await context.post('/history', { delete: [gone.promptId] });
    return compare(
      { status: 200, gone: null, kept: true },
      {
        status: reply.status,
        gone: await readHistory(context, gone.promptId),
        kept: (await readHistory(context, kept.promptId)) !== null,
      },
    );
  },
};
