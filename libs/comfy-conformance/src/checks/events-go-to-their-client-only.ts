import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { runToSuccess } from '../prompt-run.ts';

/** A client does not hear the execution of another client's prompt. */
export const eventsGoToTheirClientOnly: ConformanceCheck = {
  id: 'events-go-to-their-client-only',
  area: 'events',
  statement: "A client does not hear the execution of another client's prompt",
  async run(context) {
    const stranger = await context.openSocket();
    const { promptId } = await runToSuccess(context, shownPicture());
    await stranger.untilHeard(
      'the status of the other prompt',
      () => stranger.events.filter(({ type }) => type === 'status').length > 1,
    );
    return compare(
      [],
      stranger.events.filter(({ data }) => data['prompt_id'] === promptId).map(({ type }) => type),
    );
  },
};
