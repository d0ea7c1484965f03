import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { evenPicture, node, shownPicture } from '../graph.ts';
import { begunNodes, runToSuccess } from '../prompt-run.ts';

/** With one sound and one faulty output, 200 names the faulty one and the sound one runs. */
export const halfValidPromptRunsItsValidHalf: ConformanceCheck = {
  id: 'half-valid-prompt-runs-its-valid-half',
  area: 'validation',
  statement: 'With one sound and one faulty output, 200 names the faulty one and the sound one runs',
  async run(context) {
    const graph = {
      ...shownPicture(),
      faulty: evenPicture(0, { width: 0, height: 8 }),
      never: node('PreviewImage', { images: ['faulty', 0] }),
    };
    const ended = await runToSuccess(context, graph);
    return compare(
      { errors: ['faulty'], begun: ['picture', 'shown'], outputs: ['shown'] },
      {
        errors: Object.keys(ended.nodeErrors),
        begun: begunNodes(ended.events),
        outputs: Object.keys(ended.entry.outputs),
      },
    );
  },
};
