import { describe, expect, it } from 'vitest';
import { ArithmeticEngine } from '../../test/arithmetic-engine.ts';
import { textToImageGraph } from '../../test/text-to-image-graph.ts';
import { validatePrompt } from '../graph/validate-prompt.ts';
import { parseJson } from '../json/parse-json.ts';
import { nodeClasses } from '../nodes/node-classes.ts';
import { nodeSignatures } from './node-signature.ts';

function signatures(prompt: object): ReadonlyMap<string, string> {
  const result = validatePrompt(parseJson(JSON.stringify(prompt)), nodeClasses(new ArithmeticEngine()), {
    maxNodes: 500,
  });
  if (!result.ok) throw new Error(result.error.details);
  return nodeSignatures(result.nodes);
}

describe('nodeSignatures', () => {
  it('changes downstream of a changed value only', () => {
    const before = signatures(textToImageGraph({ seed: 1 }));
    const after = signatures(textToImageGraph({ seed: 2 }));
    const changed = [...before.keys()].filter((id) => before.get(id) !== after.get(id));
    expect(changed).toEqual(['sampler', 'decoder', 'save']);
  });

  it('does not depend on what nodes are called', () => {
    const { sampler, decoder, ...rest } = textToImageGraph();
    const linked = { ...decoder, inputs: { ...decoder?.inputs, samples: ['other', 0] } };
    expect(signatures({ other: sampler, ...rest, decoder: linked }).get('save')).toBe(
      signatures(textToImageGraph()).get('save'),
    );
  });

  it('sees through conversions: "4" steps are 4 steps', () => {
    const graph = textToImageGraph();
    const sampler = { ...graph['sampler'], inputs: { ...graph['sampler']?.inputs, steps: '4' } };
    expect(signatures({ ...graph, sampler }).get('save')).toBe(signatures(graph).get('save'));
  });

  it('tells seeds beyond double precision apart', () => {
    const wide = (seed: string): ReadonlyMap<string, string> => signatures(textToImageGraph({ seed }));
    expect(wide('18446744073709551615').get('sampler')).not.toBe(wide('18446744073709551614').get('sampler'));
  });
});
