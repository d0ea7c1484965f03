import { EngineError } from '../engine-errors.ts';
import { parsePromptWeights } from './parse-prompt-weights.ts';

/**
 * Refuses what no conditioning can be made of. Python's `float` reads "nan" and "inf" as well, and ComfyUI then makes an
 * image of nothing but NaN.
 *
 * @throws EngineError ENGINE_PROMPT_INVALID for a prompt too long, nested too deep, or with a weight that is not finite
 * as float32.
 */
export function checkPrompt(prompt: string): void {
  const strange = parsePromptWeights(prompt).find(({ weight }) => !Number.isFinite(Math.fround(weight)));
  if (strange === undefined) return;
  throw new EngineError('ENGINE_PROMPT_INVALID', `the prompt gives a word the weight ${strange.weight}`, {
    weight: String(strange.weight),
  });
}
