import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { runToSuccess } from '../prompt-run.ts';

/** History names node, parent and real node of each output. */
export const historyMetaNamesDisplayNodes: ConformanceCheck = {
  id: 'history-meta-names-display-nodes',
  area: 'history',
  statement: 'History names node, parent and real node of each output',
  async run(context) {
    const { entry } = await runToSuccess(context, shownPicture());
    return compare(
      { shown: { node_id: 'shown', display_node: 'shown', parent_node: null, real_node_id: 'shown' } },
      entry.meta,
    );
  },
};
