import { describe, expect, it } from 'vitest';
import { goldenPromptSections, goldenPromptWeights, largestDifference } from '../../../test/engine/golden.ts';
import { encodePrompt, type TextEncoders } from './encode-prompt.ts';
import { parsePromptWeights } from './parse-prompt-weights.ts';
import { tokenizePrompt, type PromptSection, type Vocabulary } from './tokenize-prompt.ts';

const vocabulary: Vocabulary = {
  words: goldenPromptSections.words,
  wordPattern: /[a-z0-9][a-z0-9-]*/g,
  sectionTokens: 24,
  beginId: 0,
  endId: 1,
  unknownId: 2,
};

/** The encoder that the recorded states were made with, its two columns as two encoders of width 1. */
const toyEncoders: TextEncoders = (first, second) => {
  const column = (sections: readonly PromptSection[], wave: (id: number, position: number) => number) => ({
    values: Float32Array.from(sections.flatMap(({ ids }) => ids.map(wave))),
    width: 1,
  });
  return Promise.resolve({
    states: [
      column(first, (id, at) => Math.sin(id * 0.37 + at * 0.11)),
      column(second, (id, at) => Math.cos(id * 0.21 - at * 0.05)),
    ],
    pooled: Float32Array.from(second.map(({ ids }) => ids.reduce((sum, id) => sum + id, 0))),
  });
};

const unescape = (text: string) => text.replaceAll('\0\x01', ')').replaceAll('\0\x02', '(');

describe('parsePromptWeights', () => {
  it.each(Object.entries(goldenPromptWeights))('splits %j as ComfyUI does', (prompt, parts) => {
    expect(parsePromptWeights(prompt)).toEqual(parts.map(([text, weight]) => ({ text: unescape(text), weight })));
  });

  it('refuses prompts that are too long or nest too deep', () => {
    expect(() => parsePromptWeights('a'.repeat(10_001))).toThrow(/10001 characters/);
    expect(() => parsePromptWeights('('.repeat(300) + ')'.repeat(300))).toThrow(/200 deep/);
  });
});

describe('tokenizePrompt', () => {
  it.each(goldenPromptSections.cases)('lays out $text as ComfyUI does', ({ text, sections }) => {
    const laidOut = tokenizePrompt(text, vocabulary).sections.map(({ ids, weights }) => ({
      ids,
      weights: weights.map((weight) => String(weight)),
    }));
    expect(laidOut).toEqual(
      sections.map(({ ids, weights }) => ({ ids, weights: weights.map((weight) => String(pythonNumber(weight))) })),
    );
  });

  it('names unknown words once, lower case, in order', () => {
    const { unknownWords } = tokenizePrompt('A Zebra, a red DRAGON-fly (zebra:1.3) embedding:Foo, bird', vocabulary);
    expect(unknownWords).toEqual(['zebra', 'dragon-fly', 'embedding:foo']);
  });
});

describe('encodePrompt', () => {
  const recorded = goldenPromptSections.cases.filter(({ states }) => states !== null);

  it.each(recorded)('weighs the states of $text as ComfyUI does', async ({ text, states, pooled }) => {
    const conditioning = await encodePrompt({ text }, vocabulary, toyEncoders);
    expect(largestDifference(conditioning.states, states ?? [])).toBeLessThan(1e-5);
    expect([...conditioning.pooled]).toEqual(pooled);
    expect(conditioning.tokens % 24).toBe(0);
  });

  it('gives each encoder its own prompt, the shorter one filled up with empty sections', async () => {
    const long = Array(30).fill('red').join(' ');
    const both = await encodePrompt({ text: 'a (bird:1.3)', secondText: long }, vocabulary, toyEncoders);
    const [first, second] = [
      await encodePrompt({ text: 'a (bird:1.3)' }, vocabulary, toyEncoders),
      await encodePrompt({ text: long }, vocabulary, toyEncoders),
    ];
    const empty = await encodePrompt({ text: '' }, vocabulary, toyEncoders);
    const column = (states: Float32Array, at: 0 | 1) => [...states.filter((_, i) => i % 2 === at)];
    expect(column(both.states, 0)).toEqual([...column(first.states, 0), ...column(empty.states, 0)]);
    expect(column(both.states, 1)).toEqual(column(second.states, 1));
    expect(both.pooled).toEqual(second.pooled);
  });

  it('refuses a weight that is not finite', async () => {
    await expect(encodePrompt({ text: 'a (red:inf) bird' }, vocabulary, toyEncoders)).rejects.toMatchObject({
      code: 'ENGINE_PROMPT_INVALID',
    });
  });
});

function pythonNumber(text: string): number {
  return Number(text.replace('inf', 'Infinity'));
}
