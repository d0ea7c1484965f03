import type { Conditioning, EncodeRequest } from '../pixel-engine.ts';
import { checkPrompt } from './check-prompt.ts';
import { emptySection, tokenizePrompt, type PromptSection, type Vocabulary } from './tokenize-prompt.ts';

/** What the text encoders make of `sections` windows of `tokens` ids each. */
interface EncodedSections {
  /** float32 `[sections, tokens, width]` for each encoder: the state at the wanted layer. */
  readonly states: readonly { readonly values: Float32Array; readonly width: number }[];
  /** float32 `[sections, pooledWidth]`: projection of the second encoder's end token. */
  readonly pooled: Float32Array;
}

/** Runs both encoders up to a layer, each over its own sections (the same number for both). */
export type TextEncoders = (
  first: readonly PromptSection[],
  second: readonly PromptSection[],
  lastLayer: number,
) => Promise<EncodedSections>;

const f32 = Math.fround;

/**
 * Prompt to conditioning as ComfyUI's SDXL does it: sections side by side along the tokens, the encoders' states side by
 * side along the width, the pooled state of the first section. A token of weight w ≠ 1 becomes
 * empty + (state − empty) · w, where `empty` is the same position of the empty prompt (`ClipTokenWeightEncoder`). If the
 * encoders have prompts of their own, the shorter one is filled up with empty sections.
 *
 * @throws EngineError ENGINE_PROMPT_INVALID for a prompt too long, nested too deep, or with a weight that is not finite.
 */
export async function encodePrompt(
  { text, secondText = text, lastLayer = -2 }: EncodeRequest,
  vocabulary: Vocabulary,
  encoders: TextEncoders,
): Promise<Conditioning> {
  checkPrompt(text);
  checkPrompt(secondText);
  const first = tokenizePrompt(text, vocabulary);
  const second = secondText === text ? first : tokenizePrompt(secondText, vocabulary);
  const empty = emptySection(vocabulary);
  const count = Math.max(first.sections.length, second.sections.length);
  const filled = [first, second].map(({ sections }) => [
    ...sections,
    ...Array.from({ length: count - sections.length }, () => empty),
  ]);
  const weightsOf = filled.map((sections) => sections.flatMap(({ weights }) => weights));
  const isWeighted = weightsOf.some((weights) => weights.some((weight) => weight !== 1));
  const [one = [], two = []] = isWeighted ? filled.map((sections) => [...sections, empty]) : filled;
  const { states, pooled } = await encoders(one, two, lastLayer);
  const tokens = count * vocabulary.sectionTokens;
  const width = states.reduce((sum, part) => sum + part.width, 0);
  const joined = new Float32Array(tokens * width);
  let column = 0;
  for (const [encoder, part] of states.entries()) {
    const emptyAt = tokens * part.width;
    for (const [token, weight] of (weightsOf[encoder] ?? []).entries()) {
      const state = part.values.subarray(token * part.width, (token + 1) * part.width);
      const emptyFrom = emptyAt + (token % vocabulary.sectionTokens) * part.width;
      const weighted =
        weight === 1 ? state : interpolate(state, part.values.subarray(emptyFrom, emptyFrom + part.width), weight);
      joined.set(weighted, token * width + column);
    }
    column += part.width;
  }
  const pooledWidth = pooled.length / one.length;
  const unknownWords = [...new Set([...first.unknownWords, ...second.unknownWords])];
  return { states: joined, tokens, width, pooled: pooled.slice(0, pooledWidth), unknownWords };
}

function interpolate(state: Float32Array, empty: Float32Array, weight: number): Float32Array {
  return state.map((value, i) => f32(f32(value - (empty[i] ?? 0)) * f32(weight)) + (empty[i] ?? 0));
}
