import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { evenPicture, node } from '../graph.ts';
import { submitRefused } from '../prompt-run.ts';

/** A link that is no pair is named as bad_linked_input. */
export const malformedLinkIsNamed: ConformanceCheck = {
  id: 'malformed-link-is-named',
  area: 'validation',
  statement: 'A link that is no pair is named as bad_linked_input',
  async run(context) {
    const graph = { picture: evenPicture(0), shown: node('PreviewImage', { images: ['picture'] }) };
    const { nodes } = await submitRefused(context, { prompt: graph });
    return compare([{ type: 'bad_linked_input', input: 'images' }], nodes.get('shown')?.faults);
  },
};
