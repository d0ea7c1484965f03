import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { evenPicture, freshColour, node } from '../graph.ts';
import { begunNodes, runToSuccess } from '../prompt-run.ts';
import { withoutOption } from '../without-option.ts';

/** Nodes with equal inputs are cached under other ids. */
export const renamedNodesAreCached: ConformanceCheck = {
  id: 'renamed-nodes-are-cached',
  area: 'cache',
  statement: 'Nodes with equal inputs are cached under other ids',
  async run(context) {
    withoutOption(context, '--cache-none');
    const socket = await context.openSocket();
    const picture = evenPicture(freshColour());
    await runToSuccess(context, { a: picture, b: node('PreviewImage', { images: ['a', 0] }) }, { socket });
    const { events } = await runToSuccess(
      context,
      { c: picture, d: node('PreviewImage', { images: ['c', 0] }) },
      { socket },
    );
    return compare([], begunNodes(events));
  },
};
