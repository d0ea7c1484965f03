import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { cancelRun, startLongRun, untilProgress } from '../model-run.ts';
import { isEndOf } from '../prompt-run.ts';

/** A client that connects again under its id hears which node runs, and the events that follow. */
export const reconnectedClientHearsTheRest: ConformanceCheck = {
  id: 'reconnected-client-hears-the-rest',
  area: 'reconnect',
  statement: 'A client that connects again under its id hears which node runs, and the events that follow',
  async run(context) {
    const before = await context.openSocket();
    const taken = await startLongRun(context, before);
    before.close();
    await context.ask('/prompt');
    const after = await context.openSocket(before.clientId);
    const first = after.events[0];
    const { data } = await after.until('executing with the running node', ({ type }) => type === 'executing');
    await untilProgress(context, after, taken, 2);
    await cancelRun(context, after, taken);
    await after.until('executing null', isEndOf(taken.promptId), context.target.modelPatienceMs);
    return compare(
      { first: 'status', sid: before.clientId, node: 'sampled' },
      { first: first?.type, sid: first?.data['sid'], node: data['node'] },
    );
  },
};
