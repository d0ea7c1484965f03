import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownInvertedPicture } from '../graph.ts';
import { begunNodes, runToSuccess } from '../prompt-run.ts';

/** A node begins after the nodes that it needs, whatever the order in the prompt. */
export const nodesBeginAfterWhatTheyNeed: ConformanceCheck = {
  id: 'nodes-begin-after-what-they-need',
  area: 'events',
  statement: 'A node begins after the nodes that it needs, whatever the order in the prompt',
  async run(context) {
    const { picture, inverted, shown } = shownInvertedPicture();
    if (!picture || !inverted || !shown) throw new Error('the graph has three nodes');
    const { events } = await runToSuccess(context, { shown, inverted, picture });
    return compare(['picture', 'inverted', 'shown'], begunNodes(events));
  },
};
