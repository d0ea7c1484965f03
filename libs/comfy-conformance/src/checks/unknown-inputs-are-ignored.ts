import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { freshColour, node } from '../graph.ts';
import { runToEnd } from '../prompt-run.ts';

/** Inputs that a class does not have are ignored. */
export const unknownInputsAreIgnored: ConformanceCheck = {
  id: 'unknown-inputs-are-ignored',
  area: 'validation',
  statement: 'Inputs that a class does not have are ignored',
  async run(context) {
    const picture = node('EmptyImage', {
      width: 8,
      height: 8,
      batch_size: 1,
      color: freshColour(),
      dgx_pixels: [1, 2, 3],
    });
    const { nodeErrors, entry } = await runToEnd(context, {
      picture,
      shown: node('PreviewImage', { images: ['picture', 0] }),
    });
    return compare({ nodeErrors: {}, status: 'success' }, { nodeErrors, status: entry.status.status_str });
  },
};
