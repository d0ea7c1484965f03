import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { runToSuccess } from '../prompt-run.ts';
import { historyForm } from '../protocol-forms.ts';

/** /history with max_items has at most as many entries, the newest of them. */
export const maxItemsBoundsTheList: ConformanceCheck = {
  id: 'max-items-bounds-the-list',
  area: 'history',
  statement: '/history with max_items has at most as many entries, the newest of them',
  async run(context) {
    const socket = await context.openSocket();
    await runToSuccess(context, shownPicture(), { socket });
    const { promptId } = await runToSuccess(context, shownPicture(), { socket });
    const listed = (await context.ask('/history?max_items=1')).read(historyForm);
    return compare([promptId], Object.keys(listed));
  },
};
