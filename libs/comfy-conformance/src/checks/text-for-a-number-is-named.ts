import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { node } from '../graph.ts';
import { submitRefused } from '../prompt-run.ts';

/** Text where a number belongs is named as invalid_input_type. */
export const textForANumberIsNamed: ConformanceCheck = {
  id: 'text-for-a-number-is-named',
  area: 'validation',
  statement: 'Text where a number belongs is named as invalid_input_type',
  async run(context) {
    const picture = node('EmptyImage', { width: 'wide', height: 8, batch_size: 1, color: 0 });
    const graph = { picture, shown: node('PreviewImage', { images: ['picture', 0] }) };
    const { nodes } = await submitRefused(context, { prompt: graph });
    return compare([{ type: 'invalid_input_type', input: 'width' }], nodes.get('picture')?.faults);
  },
};
