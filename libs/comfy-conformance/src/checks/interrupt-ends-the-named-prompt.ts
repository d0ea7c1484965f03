import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { cancelRun, startLongRun } from '../model-run.ts';
import { awaitEnd } from '../prompt-run.ts';

/** /interrupt with the id of the running prompt ends it with execution_interrupted. */
export const interruptEndsTheNamedPrompt: ConformanceCheck = {
  id: 'interrupt-ends-the-named-prompt',
  area: 'cancel',
  statement: '/interrupt with the id of the running prompt ends it with execution_interrupted',
  async run(context) {
    const socket = await context.openSocket();
    const taken = await startLongRun(context, socket);
    await cancelRun(context, socket, taken);
    const { events, entry } = await awaitEnd(context, socket, taken);
    const { status_str: status, completed, messages } = entry.status;
    const told = events.find(({ type }) => type === 'execution_interrupted')?.data;
    return compare(
      { node: 'sampled', nodeType: 'KSampler', status: 'error', completed: false, last: 'execution_interrupted' },
      { node: told?.['node_id'], nodeType: told?.['node_type'], status, completed, last: messages.at(-1)?.[0] },
    );
  },
};
