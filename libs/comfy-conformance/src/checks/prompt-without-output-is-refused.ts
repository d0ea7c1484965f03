import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { evenPicture } from '../graph.ts';
import { submitRefused } from '../prompt-run.ts';

/** A prompt without an output node is refused as prompt_no_outputs. */
export const promptWithoutOutputIsRefused: ConformanceCheck = {
  id: 'prompt-without-output-is-refused',
  area: 'validation',
  statement: 'A prompt without an output node is refused as prompt_no_outputs',
  async run(context) {
    const { type, nodes } = await submitRefused(context, { prompt: { picture: evenPicture(0) } });
    return compare({ type: 'prompt_no_outputs', nodes: [] }, { type, nodes: [...nodes] });
  },
};
