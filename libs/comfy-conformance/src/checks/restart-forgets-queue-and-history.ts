import type { ConformanceCheck } from '../check.ts';
import { compare, notAvailable } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { readHistory, runToSuccess } from '../prompt-run.ts';
import { queueForm } from '../protocol-forms.ts';

/** After a restart, history and queue are empty and numbers begin anew. */
export const restartForgetsQueueAndHistory: ConformanceCheck = {
  id: 'restart-forgets-queue-and-history',
  area: 'restart',
  statement: 'After a restart, history and queue are empty and numbers begin anew',
  async run(context) {
    if (context.target.restart === null) return notAvailable('nobody told how to restart this server');
    const { promptId } = await runToSuccess(context, shownPicture());
    await context.target.restart();
    const history = await readHistory(context, promptId);
    const queue = (await context.ask('/queue')).read(queueForm);
    const { number } = await runToSuccess(context, shownPicture());
    return compare(
      { history: null, queue: { queue_running: [], queue_pending: [] }, number: 0 },
      { history, queue, number },
    );
  },
};
