import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { evenPicture, node } from '../graph.ts';
import { submitRefused } from '../prompt-run.ts';

/** A value above the maximum is named. */
export const valueAboveMaximumIsNamed: ConformanceCheck = {
  id: 'value-above-maximum-is-named',
  area: 'validation',
  statement: 'A value above the maximum is named',
  async run(context) {
    const graph = {
      picture: evenPicture(0, { width: 8, height: 100_000 }),
      shown: node('PreviewImage', { images: ['picture', 0] }),
    };
    const { nodes } = await submitRefused(context, { prompt: graph });
    return compare([{ type: 'value_bigger_than_max', input: 'height' }], nodes.get('picture')?.faults);
  },
};
