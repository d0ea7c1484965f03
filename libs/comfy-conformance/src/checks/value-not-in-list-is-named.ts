import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { evenPicture, node } from '../graph.ts';
import { submitRefused } from '../prompt-run.ts';

/** A choice that does not exist is named. */
export const valueNotInListIsNamed: ConformanceCheck = {
  id: 'value-not-in-list-is-named',
  area: 'validation',
  statement: 'A choice that does not exist is named',
  async run(context) {
    const scaled = node('ImageScale', {
      image: ['picture', 0],
      upscale_method: 'no such method',
      width: 8,
      height: 8,
      crop: 'disabled',
    });
    const graph = { picture: evenPicture(0), scaled, shown: node('PreviewImage', { images: ['scaled', 0] }) };
    const { nodes } = await submitRefused(context, { prompt: graph });
    return compare([{ type: 'value_not_in_list', input: 'upscale_method' }], nodes.get('scaled')?.faults);
  },
};
