import type { Conditioning } from './pixel-engine.ts';

/** Beyond this stretch ComfyUI runs the prompts apart instead of repeating the shorter one. */
const maxRepeats = 4;

/**
 * Two prompts with the same number of tokens, so that one UNet call can take both: each is repeated up to the least
 * common multiple, which leaves softmax attention over it unchanged. Null when that would stretch the shorter one more
 * than fourfold (ComfyUI's `CONDCrossAttn`).
 */
export function alignContexts(
  positive: Conditioning,
  negative: Conditioning,
): { readonly positive: Conditioning; readonly negative: Conditioning } | null {
  const tokens = (positive.tokens / greatestDivisor(positive.tokens, negative.tokens)) * negative.tokens;
  if (tokens / Math.min(positive.tokens, negative.tokens) > maxRepeats) return null;
  return { positive: repeatTokens(positive, tokens), negative: repeatTokens(negative, tokens) };
}

function repeatTokens(prompt: Conditioning, tokens: number): Conditioning {
  if (prompt.tokens === tokens) return prompt;
  const states = new Float32Array(tokens * prompt.width);
  for (let at = 0; at < states.length; at += prompt.states.length) states.set(prompt.states, at);
  return { ...prompt, states, tokens };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
