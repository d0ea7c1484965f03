import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { runToSuccess } from '../prompt-run.ts';

/** History of a success tells start, cached nodes and success. */
export const historyOfSuccessTellsItsMessages: ConformanceCheck = {
  id: 'history-of-success-tells-its-messages',
  area: 'history',
  statement: 'History of a success tells start, cached nodes and success',
  async run(context) {
    const { entry } = await runToSuccess(context, shownPicture());
    const { status_str: status, completed, messages } = entry.status;
    return compare(
      { status: 'success', completed: true, messages: ['execution_start', 'execution_cached', 'execution_success'] },
      { status, completed, messages: messages.map(([type]) => type) },
    );
  },
};
