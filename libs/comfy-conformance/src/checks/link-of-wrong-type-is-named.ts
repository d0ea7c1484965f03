import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { node } from '../graph.ts';
import { submitRefused } from '../prompt-run.ts';

/** A link to an output of another type is named as return_type_mismatch. */
export const linkOfWrongTypeIsNamed: ConformanceCheck = {
  id: 'link-of-wrong-type-is-named',
  area: 'validation',
  statement: 'A link to an output of another type is named as return_type_mismatch',
  async run(context) {
    const size = { width: 64, height: 64, batch_size: 1 };
    const graph = { latent: node('EmptyLatentImage', size), shown: node('PreviewImage', { images: ['latent', 0] }) };
    const { nodes } = await submitRefused(context, { prompt: graph });
    return compare([{ type: 'return_type_mismatch', input: 'images' }], nodes.get('shown')?.faults);
  },
};
