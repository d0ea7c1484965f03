import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { runToEnd, runToSuccess } from '../prompt-run.ts';

/** An interrupt for a prompt that has ended does not meet the next one. */
export const interruptWhileIdleDoesNotLeak: ConformanceCheck = {
  id: 'interrupt-while-idle-does-not-leak',
  area: 'cancel',
  statement: 'An interrupt for a prompt that has ended does not meet the next one',
  async run(context) {
    const socket = await context.openSocket();
    const { promptId } = await runToSuccess(context, shownPicture(), { socket });
    await context.post('/interrupt', { prompt_id: promptId });
    const { entry } = await runToEnd(context, shownPicture(), { socket });
    return compare('success', entry.status.status_str);
  },
};
