import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { evenPicture, node } from '../graph.ts';
import { submitRefused } from '../prompt-run.ts';

/** The faults of all nodes are in one answer. */
export const faultsOfAllNodesComeAtOnce: ConformanceCheck = {
  id: 'faults-of-all-nodes-come-at-once',
  area: 'validation',
  statement: 'The faults of all nodes are in one answer',
  async run(context) {
    const graph = {
      first: evenPicture(0, { width: 0, height: 8 }),
      shown: node('PreviewImage', { images: ['first', 0] }),
      second: evenPicture(0, { width: 8, height: 0 }),
      also: node('PreviewImage', { images: ['second', 0] }),
    };
    const { nodes } = await submitRefused(context, { prompt: graph });
    return compare(
      { first: ['width'], second: ['height'] },
      {
        first: nodes.get('first')?.faults.map(({ input }) => input),
        second: nodes.get('second')?.faults.map(({ input }) => input),
      },
    );
  },
};
