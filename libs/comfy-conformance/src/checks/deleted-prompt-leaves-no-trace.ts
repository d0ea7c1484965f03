import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { cancelRun, startLongRun } from '../model-run.ts';
import { eventsOf, readHistory, runToSuccess, submit } from '../prompt-run.ts';
import { queueForm } from '../protocol-forms.ts';

/** A waiting prompt that is deleted is not run and not in history. */
export const deletedPromptLeavesNoTrace: ConformanceCheck = {
  id: 'deleted-prompt-leaves-no-trace',
  area: 'cancel',
  statement: 'A waiting prompt that is deleted is not run and not in history',
  async run(context) {
    const socket = await context.openSocket();
    const running = await startLongRun(context, socket);
    const { promptId } = await submit(context, shownPicture(), { client_id: socket.clientId });
    const reply = await context.post('/queue', { delete: [promptId] });
    const queue = (await context.ask('/queue')).read(queueForm);
    await cancelRun(context, socket, running);
    const after = await runToSuccess(context, shownPicture(), { socket, timeoutMs: context.target.modelPatienceMs });
    const seen = {
      status: reply.status,
      waiting: queue.queue_pending.some(([, id]) => id === promptId),
      events: eventsOf(socket, promptId).length,
      history: await readHistory(context, promptId),
      after: after.entry.status.status_str,
    };
    return compare({ status: 200, waiting: false, events: 0, history: null, after: 'success' }, seen);
  },
};
