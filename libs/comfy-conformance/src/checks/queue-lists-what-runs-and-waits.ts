import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { cancelRun, startLongRun } from '../model-run.ts';
import { submit } from '../prompt-run.ts';
import { queueForm } from '../protocol-forms.ts';

/** /queue lists the running and the waiting prompts as they were sent. */
export const queueListsWhatRunsAndWaits: ConformanceCheck = {
  id: 'queue-lists-what-runs-and-waits',
  area: 'queue',
  statement: '/queue lists the running and the waiting prompts as they were sent',
  async run(context) {
    const socket = await context.openSocket();
    const running = await startLongRun(context, socket);
    const graph = shownPicture();
    const waiting = await submit(context, graph, { client_id: socket.clientId });
    const queue = (await context.ask('/queue')).read(queueForm);
    const item = queue.queue_pending.find(([, id]) => id === waiting.promptId);
    const seen = {
      running: queue.queue_running.map(([, id]) => id),
      number: item?.[0],
      nodes: Object.keys(item?.[2] ?? {}),
      client: item?.[3]['client_id'],
      targets: item?.[4],
    };
    await cancelRun(context, socket, running);
    return compare(
      {
        running: [running.promptId],
        number: waiting.number,
        nodes: Object.keys(graph),
        client: socket.clientId,
        targets: ['shown'],
      },
      seen,
    );
  },
};
