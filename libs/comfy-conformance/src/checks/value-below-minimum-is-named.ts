import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { evenPicture, node } from '../graph.ts';
import { submitRefused } from '../prompt-run.ts';

/** A value below the minimum is named. */
export const valueBelowMinimumIsNamed: ConformanceCheck = {
  id: 'value-below-minimum-is-named',
  area: 'validation',
  statement: 'A value below the minimum is named',
  async run(context) {
    const graph = {
      picture: evenPicture(0, { width: 0, height: 8 }),
      shown: node('PreviewImage', { images: ['picture', 0] }),
    };
    const { nodes } = await submitRefused(context, { prompt: graph });
    return compare([{ type: 'value_smaller_than_min', input: 'width' }], nodes.get('picture')?.faults);
  },
};
