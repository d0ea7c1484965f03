import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { cancelRun, startLongRun } from '../model-run.ts';
import { awaitEnd, submit } from '../prompt-run.ts';

/** The prompt after an interrupted one succeeds. */
export const promptAfterAnInterruptSucceeds: ConformanceCheck = {
  id: 'prompt-after-an-interrupt-succeeds',
  area: 'cancel',
  statement: 'The prompt after an interrupted one succeeds',
  async run(context) {
    const socket = await context.openSocket();
    const taken = await startLongRun(context, socket);
    const next = await submit(context, shownPicture(), { client_id: socket.clientId });
    await cancelRun(context, socket, taken);
    const { entry } = await awaitEnd(context, socket, next, context.target.modelPatienceMs);
    return compare('success', entry.status.status_str);
  },
};
