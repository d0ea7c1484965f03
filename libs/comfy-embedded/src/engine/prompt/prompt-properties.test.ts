import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePromptWeights } from './parse-prompt-weights.ts';
import { pythonFloat } from './python-float.ts';
import { tokenizePrompt, type Vocabulary } from './tokenize-prompt.ts';

const vocabulary: Vocabulary = {
  words: ['<bos>', '<eos>', '<unk>', 'a', 'red', 'bird', 'blue-green', '16'],
  wordPattern: /[a-z0-9][a-z0-9-]*/g,
  sectionTokens: 24,
  beginId: 0,
  endId: 1,
  unknownId: 2,
};

const promptText = fc
  .array(
    fc.constantFrom('a', 'red', 'bird', 'zebra', ' ', '(', ')', ':1.3)', '\\(', '\\)', ',', 'embedding:x', '\n', 'é'),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('prompts', () => {
  it('always become whole sections that begin, end and pad rightly', () => {
    fc.assert(
      fc.property(promptText, (prompt) => {
        for (const { ids, weights } of tokenizePrompt(prompt, vocabulary).sections) {
          expect(ids).toHaveLength(24);
          expect(weights).toHaveLength(24);
          expect(ids[0]).toBe(0);
          const end = ids.indexOf(1);
          expect(end).toBeGreaterThan(0);
          expect(ids.slice(end).every((id) => id === 1)).toBe(true);
          expect(weights.slice(end).every((weight) => weight === 1)).toBe(true);
        }
      }),
    );
  });

  it('keep every word once and in order when none has a weight', () => {
    const words = fc.array(fc.constantFrom('a', 'red', 'bird', '16', 'blue-green'), { maxLength: 100 });
    fc.assert(
      fc.property(words, (list) => {
        const { sections } = tokenizePrompt(list.join(' '), vocabulary);
        const kept = sections.flatMap(({ ids }) => ids.filter((id) => id > 2));
        expect(kept.map((id) => vocabulary.words[id])).toEqual(list);
      }),
    );
  });

  it('lose no character but parentheses and weights when split', () => {
    const plain = fc.string().filter((text) => !/[()\\:\0]/.test(text));
    fc.assert(
      fc.property(plain, (text) => {
        expect(
          parsePromptWeights(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('pythonFloat', () => {
  it('reads what JavaScript prints', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(pythonFloat(String(value))).toBe(value + 0);
      }),
    );
  });

  it.each(['', 'abc', '0x1', '1__0', '_1', '1_', '1e', '.', '1.2.3', '1 2'])('refuses %j', (text) => {
    expect(pythonFloat(text)).toBeNull();
  });

  it.each([
    [' 1.2 ', 1.2],
    ['.5', 0.5],
    ['1.', 1],
    ['1_0.2_5', 10.25],
    ['-2e-1', -0.2],
    ['+INF', Infinity],
  ])('reads %j', (text, value) => {
    expect(pythonFloat(text)).toBe(value);
  });
});
