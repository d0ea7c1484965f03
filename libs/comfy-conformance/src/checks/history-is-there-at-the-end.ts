import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { isEndOf, readHistory, submit } from '../prompt-run.ts';

/** History has the prompt as soon as executing null has arrived. */
export const historyIsThereAtTheEnd: ConformanceCheck = {
  id: 'history-is-there-at-the-end',
  area: 'history',
  statement: 'History has the prompt as soon as executing null has arrived',
  async run(context) {
    const socket = await context.openSocket();
    const missing = [];
    for (let round = 1; round <= 5; round++) {
      const { promptId } = await submit(context, shownPicture(), { client_id: socket.clientId });
      await socket.until('executing null', isEndOf(promptId));
      if ((await readHistory(context, promptId)) === null) missing.push(round);
    }
    return compare([], missing);
  },
};
