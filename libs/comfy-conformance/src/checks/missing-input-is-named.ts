import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { node } from '../graph.ts';
import { submitRefused } from '../prompt-run.ts';

/** A missing input is named, with its node, its class and the outputs that depend on it. */
export const missingInputIsNamed: ConformanceCheck = {
  id: 'missing-input-is-named',
  area: 'validation',
  statement: 'A missing input is named, with its node, its class and the outputs that depend on it',
  async run(context) {
    const graph = {
      picture: node('EmptyImage', { width: 8, batch_size: 1, color: 0 }),
      shown: node('PreviewImage', { images: ['picture', 0] }),
    };
    const { type, nodes } = await submitRefused(context, { prompt: graph });
    const expected = {
      classType: 'EmptyImage',
      dependentOutputs: ['shown'],
      faults: [{ type: 'required_input_missing', input: 'height' }],
    };
    return compare(
      { type: 'prompt_outputs_failed_validation', picture: expected },
      { type, picture: nodes.get('picture') },
    );
  },
};
