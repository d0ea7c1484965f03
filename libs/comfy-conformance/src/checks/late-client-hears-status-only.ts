import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { pollHistory } from '../poll-history.ts';
import { runToSuccess, submit } from '../prompt-run.ts';

/** A client that connects again after the end hears status and no event of the prompt. */
export const lateClientHearsStatusOnly: ConformanceCheck = {
  id: 'late-client-hears-status-only',
  area: 'reconnect',
  statement: 'A client that connects again after the end hears status and no event of the prompt',
  async run(context) {
    const before = await context.openSocket();
    const { promptId } = await submit(context, shownPicture(), { client_id: before.clientId });
    before.close();
    await pollHistory(context, promptId);
    const after = await context.openSocket(before.clientId);
    const next = await runToSuccess(context, shownPicture(), { socket: after });
    const seen = after.events.filter(
      ({ data }) => data['prompt_id'] !== next.promptId && data['prompt_id'] !== undefined,
    );
    return compare(
      { first: 'status', events: [] },
      { first: after.events[0]?.type, events: seen.map(({ type }) => type) },
    );
  },
};
