import type { ConformanceCheck } from '../check.ts';
import { runFailing } from '../failing-run.ts';
import { compare } from '../finding.ts';

/** History of a failure has status error, is not completed and ends with execution_error. */
export const historyOfFailureTellsTheError: ConformanceCheck = {
  id: 'history-of-failure-tells-the-error',
  area: 'history',
  statement: 'History of a failure has status error, is not completed and ends with execution_error',
  async run(context) {
    const { entry } = await runFailing(context);
    const { status_str: status, completed, messages } = entry.status;
    return compare(
      { status: 'error', completed: false, last: 'execution_error' },
      { status, completed, last: messages.at(-1)?.[0] },
    );
  },
};
