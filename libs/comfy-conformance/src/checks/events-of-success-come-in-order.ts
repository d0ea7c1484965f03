import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { runToSuccess } from '../prompt-run.ts';

/** A prompt that succeeds tells start, cached nodes, each node, outputs, success and end, in this order. */
export const eventsOfSuccessComeInOrder: ConformanceCheck = {
  id: 'events-of-success-come-in-order',
  area: 'events',
  statement: 'A prompt that succeeds tells start, cached nodes, each node, outputs, success and end, in this order',
  async run(context) {
    const { events } = await runToSuccess(context, shownPicture());
    const seen = events
      .filter(({ type }) => !type.startsWith('progress'))
      .map(({ type, data }) =>
        type.startsWith('execut') && 'node' in data ? `${type} ${String(data['node'])}` : type,
      );
    return compare(
      [
        'execution_start',
        'execution_cached',
        'executing picture',
        'executing shown',
        'executed shown',
        'execution_success',
        'executing null',
      ],
      seen,
    );
  },
};
