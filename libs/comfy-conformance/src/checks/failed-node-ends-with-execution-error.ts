import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { runFailing } from '../failing-run.ts';
import { compare } from '../finding.ts';
import { readForm } from '../http-exchange.ts';

const errorForm = z.object({
  exception_message: z.string().min(1),
  exception_type: z.string().min(1),
  traceback: z.array(z.string()),
  executed: z.array(z.string()),
  timestamp: z.number(),
});

/** A node that fails is named by execution_error, and executing null follows. */
export const failedNodeEndsWithExecutionError: ConformanceCheck = {
  id: 'failed-node-ends-with-execution-error',
  area: 'events',
  statement: 'A node that fails is named by execution_error, and executing null follows',
  async run(context) {
    const ended = await runFailing(context);
    const error = ended.events.find(({ type }) => type === 'execution_error')?.data;
    readForm(errorForm, error, 'execution_error with message, type, traceback and the nodes that ran');
    return compare(
      { node: 'loaded', type: 'LoadImage', last: ['execution_error', 'executing'] },
      {
        node: error?.['node_id'],
        type: error?.['node_type'],
        last: ended.events
          .filter(({ type }) => type !== 'progress_state')
          .slice(-2)
          .map(({ type }) => type),
      },
    );
  },
};
