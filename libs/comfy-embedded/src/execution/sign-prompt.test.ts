import { describe, expect, it } from 'vitest';
import { validatePrompt } from '../graph/validate-prompt.ts';
import { parseJson } from '../json/parse-json.ts';
import { defineNode } from '../nodes/define-node.ts';
import { string } from '../nodes/text-inputs.ts';
import { signPrompt } from './sign-prompt.ts';

const digests = new Map([['a.png', 'first']]);
const base = { displayName: '', description: '', category: '', outputs: [], isOutput: true } as const;
const classes = new Map(
  [
    defineNode({
      ...base,
      classType: 'Load',
      inputs: { name: string({}) },
      fingerprint: ({ name = '' }) => {
        const digest = digests.get(name);
        return digest === undefined ? Promise.reject(new Error('no such file')) : Promise.resolve(digest);
      },
      execute: () => Promise.resolve({ outputs: [] }),
    }),
    defineNode({
      ...base,
      classType: 'Own',
      inputs: { name: string({}) },
      isIdempotent: false,
      execute: () => Promise.resolve({ outputs: [] }),
    }),
  ].map((nodeClass) => [nodeClass.classType, nodeClass]),
);

async function signatures(prompt: object): Promise<ReadonlyMap<string, string>> {
  const result = validatePrompt(parseJson(JSON.stringify(prompt)), classes, { maxNodes: 10 });
  if (!result.ok) throw new Error(result.error.details);
  return (await signPrompt(result.graph)).signatures;
}

describe('signPrompt', () => {
  it('asks a class what decides its result besides the inputs', async () => {
    const prompt = { load: { class_type: 'Load', inputs: { name: 'a.png' } } };
    const before = await signatures(prompt);
    expect((await signatures(prompt)).get('load')).toBe(before.get('load'));
    digests.set('a.png', 'second');
    expect((await signatures(prompt)).get('load')).not.toBe(before.get('load'));
  });

  it('takes what a class cannot tell for changed', async () => {
    const prompt = { load: { class_type: 'Load', inputs: { name: 'absent.png' } } };
    expect((await signatures(prompt)).get('load')).not.toBe((await signatures(prompt)).get('load'));
  });

  it('keeps nodes apart whose results are their own', async () => {
    const own = { class_type: 'Own', inputs: { name: 'x' } };
    const both = await signatures({ one: own, two: own });
    expect(both.get('one')).not.toBe(both.get('two'));
    expect((await signatures({ one: own })).get('one')).toBe(both.get('one'));
  });
});
