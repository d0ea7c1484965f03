import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ComfyClientError } from './errors.ts';
import { parseWorkflowGraph } from './workflow-graph.ts';

describe('parseWorkflowGraph', () => {
  it('keeps inputs, links and titles', () => {
    const graph = {
      '5': { class_type: 'KSampler', inputs: { model: ['1', 0], cfg: 7.5 }, _meta: { title: 'Sample' } },
    };
    expect(parseWorkflowGraph(graph)).toEqual(graph);
  });

  it('names every fault', () => {
    const faulty = { '1': { inputs: {} }, '2': { class_type: 'A', inputs: 3 } };
    expect(() => parseWorkflowGraph(faulty)).toThrow(/\/1\/class_type: .*; \/2\/inputs: /);
  });

  it('refuses the format the editor saves', () => {
    expect(() => parseWorkflowGraph({ nodes: [], links: [], version: 0.4 })).toThrow(
      expect.objectContaining({ code: 'COMFY_GRAPH_INVALID' }),
    );
    expect(() => parseWorkflowGraph({})).toThrow('a workflow needs at least one node');
  });

  it('throws nothing but its own error', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          parseWorkflowGraph(value);
        } catch (error) {
          expect(error).toBeInstanceOf(ComfyClientError);
        }
      }),
    );
  });
});
