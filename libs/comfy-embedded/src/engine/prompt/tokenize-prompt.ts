import { parsePromptWeights } from './parse-prompt-weights.ts';
import { dropEmbeddings } from './drop-embeddings.ts';

/** How the bundled model turns words into token ids. */
export interface Vocabulary {
  /** Word of each token id. */
  readonly words: readonly string[];
  /** What counts as a word of a lower-cased prompt; the global flag is set. */
  readonly wordPattern: RegExp;
  /** Tokens of one section, begin and end included. */
  readonly sectionTokens: number;
  readonly beginId: number;
  /** Ends a section and pads it. */
  readonly endId: number;
  readonly unknownId: number;
}

/** One window of the text encoders: `sectionTokens` ids with their weights. */
export interface PromptSection {
  readonly ids: readonly number[];
  readonly weights: readonly number[];
}

export interface TokenizedPrompt {
  /** At least one. */
  readonly sections: readonly PromptSection[];
  /** Words that the vocabulary lacks, lower case, in order of appearance, each once. */
  readonly unknownWords: readonly string[];
}

/** A stretch of one weight with at least this many tokens is cut at the edge of a section; a shorter one moves to the next. */
const divisibleTokens = 8;

/**
 * Words to token ids with weights, in as many sections as they need, as ComfyUI's `SDTokenizer.tokenize_with_weights`
 * lays them out. Textual inversion (`embedding:name`) names are reported as unknown words.
 */
export function tokenizePrompt(prompt: string, vocabulary: Vocabulary): TokenizedPrompt {
  const idOfWord = new Map(vocabulary.words.map((word, id) => [word, id]));
  const unknownWords = new Set<string>();
  const layout = sectionLayout(vocabulary);
  for (const { text, weight } of parsePromptWeights(prompt)) {
    const { stretches, embeddings } = dropEmbeddings(text);
    for (const name of embeddings) unknownWords.add(name.toLowerCase());
    for (const stretch of stretches) {
      const ids = (stretch.toLowerCase().match(vocabulary.wordPattern) ?? []).map((word) => {
        const id = idOfWord.get(word);
        if (id === undefined) unknownWords.add(word);
        return id ?? vocabulary.unknownId;
      });
      layout.add(ids, weight);
    }
  }
  return { sections: layout.finish(), unknownWords: [...unknownWords] };
}

/** The section of an empty prompt, against which weighted tokens are interpolated. */
export function emptySection(vocabulary: Vocabulary): PromptSection {
  return sectionLayout(vocabulary).finish()[0] ?? { ids: [], weights: [] };
}

function sectionLayout(vocabulary: Vocabulary) {
  const room = vocabulary.sectionTokens - 2;
  const sections: { id: number; weight: number }[][] = [[]];

  function add(ids: readonly number[], weight: number): void {
    const rest = ids.map((id) => ({ id, weight }));
    const isDivisible = rest.length >= divisibleTokens;
    while (rest.length > 0) {
      const section = sections.at(-1) ?? [];
      const free = room - section.length;
      if (rest.length <= free) {
        section.push(...rest);
        return;
      }
      if (isDivisible) section.push(...rest.splice(0, free));
      sections.push([]);
    }
  }

  function finish(): PromptSection[] {
    return sections.map((section) => {
      const padding = Array.from({ length: room - section.length + 1 }, () => ({ id: vocabulary.endId, weight: 1 }));
      const tokens = [{ id: vocabulary.beginId, weight: 1 }, ...section, ...padding];
      return { ids: tokens.map(({ id }) => id), weights: tokens.map(({ weight }) => weight) };
    });
  }

  return { add, finish };
}
