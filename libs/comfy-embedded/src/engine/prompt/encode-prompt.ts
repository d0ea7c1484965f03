import type { Conditioning } from '../pixel-engine.ts';
import { checkPrompt } from './check-prompt.ts';
import { emptySection, tokenizePrompt, type PromptSection, type Vocabulary } from './tokenize-prompt.ts';

/** What the text encoders make of `sections` windows of `tokens` ids each. */
interface EncodedSections {
  /** float32 `[sections, tokens, width]` for each encoder: the state before its last layer. */
  readonly states: readonly { readonly values: Float32Array; readonly width: number }[];
  /** float32 `[sections, pooledWidth]`: projection of the second encoder's end token. */
  readonly pooled: Float32Array;
}

export type TextEncoders = (sections: readonly PromptSection[]) => Promise<EncodedSections>;

const f32 = Math.fround;

/**
 * Prompt to conditioning as ComfyUI's SDXL does it: sections side by side along the tokens, the encoders' states side by
 * side along the width, the pooled state of the first section. A token of weight w ≠ 1 becomes
 * empty + (state − empty) · w, where `empty` is the same position of the empty prompt (`ClipTokenWeightEncoder`).
 *
 * @throws EngineError ENGINE_PROMPT_INVALID for a prompt too long, nested too deep, or with a weight that is not finite.
 */
export async function encodePrompt(
  prompt: string,
  vocabulary: Vocabulary,
  encoders: TextEncoders,
): Promise<Conditioning> {
  checkPrompt(prompt);
  const { sections, unknownWords } = tokenizePrompt(prompt, vocabulary);
  const weights = sections.flatMap((section) => section.weights);
  const isWeighted = weights.some((weight) => weight !== 1);
  const { states, pooled } = await encoders(isWeighted ? [...sections, emptySection(vocabulary)] : sections);
  const tokens = weights.length;
  const width = states.reduce((sum, part) => sum + part.width, 0);
  const joined = new Float32Array(tokens * width);
  let column = 0;
  for (const part of states) {
    const emptyAt = tokens * part.width;
    for (const [token, weight] of weights.entries()) {
      const state = part.values.subarray(token * part.width, (token + 1) * part.width);
      const emptyFrom = emptyAt + (token % vocabulary.sectionTokens) * part.width;
      const weighted =
        weight === 1 ? state : interpolate(state, part.values.subarray(emptyFrom, emptyFrom + part.width), weight);
      joined.set(weighted, token * width + column);
    }
    column += part.width;
  }
  const pooledRows = isWeighted ? sections.length + 1 : sections.length;
  return { states: joined, tokens, width, pooled: pooled.slice(0, pooled.length / pooledRows), unknownWords };
}

function interpolate(state: Float32Array, empty: Float32Array, weight: number): Float32Array {
  return state.map((value, i) => f32(f32(value - (empty[i] ?? 0)) * f32(weight)) + (empty[i] ?? 0));
}
