import { EngineError } from '../engine/engine-errors.ts';
import { checkPrompt } from '../engine/prompt/check-prompt.ts';
import type { ValueRefusal } from './define-node.ts';

/** Why the text encoders cannot take the prompt of an input. */
export function promptRefusals(input: string, prompt: string): readonly ValueRefusal[] {
  try {
    checkPrompt(prompt);
    return [];
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return [{ input, reason: error.message }];
  }
}
