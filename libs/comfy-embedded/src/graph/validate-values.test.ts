import { describe, expect, it } from 'vitest';
import { ArithmeticEngine } from '../../test/arithmetic-engine.ts';
import { noFiles } from '../../test/no-files.ts';
import { textToImageGraph } from '../../test/text-to-image-graph.ts';
import { parseJson } from '../json/parse-json.ts';
import { nodeClasses } from '../nodes/node-classes.ts';
import { validatePrompt } from './validate-prompt.ts';

const classes = nodeClasses(new ArithmeticEngine(), noFiles);

/** `node:type:details` of every fault of the standard graph with inputs of one node changed. */
function faultsWith(id: string, inputs: Record<string, unknown>): readonly string[] {
  const graph = textToImageGraph();
  const changed = { ...graph, [id]: { ...graph[id], inputs: { ...graph[id]?.inputs, ...inputs } } };
  const { nodeErrors } = validatePrompt(parseJson(JSON.stringify(changed)), classes, {
    maxNodes: 500,
    targets: undefined,
  });
  return [...nodeErrors].flatMap(([node, { errors }]) =>
    errors.map(({ type, details }) => `${node}:${type}:${details}`),
  );
}

describe('validatePrompt on values that nodes themselves refuse', () => {
  it.each(['(a:nan)', '(a:1e999)', '((a:-Infinity))', '(a:1e300)', '('.repeat(300) + 'a' + ')'.repeat(300)])(
    'refuses the prompt %s, which no model can be given',
    (text) => {
      expect(faultsWith('positive', { text })).toEqual([
        expect.stringMatching(/^positive:custom_validation_failed:text - the prompt /),
      ]);
    },
  );

  it.each([1e-300, 5e-324, 1e-5])('refuses denoise %d, whose schedule would be endless', (denoise) => {
    expect(faultsWith('sampler', { denoise })).toEqual([
      expect.stringMatching(/^sampler:custom_validation_failed:denoise - .*limit/),
    ]);
  });

  it('takes ordinary weights and a denoise of 0', () => {
    expect(faultsWith('positive', { text: '(a:1.2) ((b)) (c:-1) nan:inf (:nan' })).toEqual([]);
    expect(faultsWith('sampler', { denoise: 0 })).toEqual([]);
  });
});
