import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { pollHistory } from '../poll-history.ts';
import { submit } from '../prompt-run.ts';

/** A run goes on when its client's connection ends. */
export const runGoesOnWithoutItsClient: ConformanceCheck = {
  id: 'run-goes-on-without-its-client',
  area: 'reconnect',
  statement: "A run goes on when its client's connection ends",
  async run(context) {
    const socket = await context.openSocket();
    const { promptId } = await submit(context, shownPicture(), { client_id: socket.clientId });
    socket.close();
    const entry = await pollHistory(context, promptId);
    return compare('success', entry.status.status_str);
  },
};
