import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { node } from '../graph.ts';
import { submitRefused } from '../prompt-run.ts';

/** An unknown class is refused as invalid_prompt, without node errors. */
export const unknownClassIsInvalidPrompt: ConformanceCheck = {
  id: 'unknown-class-is-invalid-prompt',
  area: 'validation',
  statement: 'An unknown class is refused as invalid_prompt, without node errors',
  async run(context) {
    const { type, nodes } = await submitRefused(context, { prompt: { a: node('DgxPixelsNoSuchClass', {}) } });
    return compare({ type: 'invalid_prompt', nodes: [] }, { type, nodes: [...nodes] });
  },
};
