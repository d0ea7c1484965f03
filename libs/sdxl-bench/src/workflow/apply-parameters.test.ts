import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { repositoryRoot } from '../../test/temporary-workspace.ts';
import { applyParameters } from './apply-parameters.ts';
import { loadWorkflow } from './load-workflow.ts';
import type { LoadedWorkflow } from './load-workflow.ts';

let workflow: LoadedWorkflow;

beforeAll(async () => {
  workflow = await loadWorkflow(repositoryRoot, {
    workflow: 'bench/workflows/txt2img.api.json',
    parameters: 'bench/workflows/txt2img.parameters.json',
  });
});

describe('applyParameters', () => {
  it('sets what is given, keeps the rest and leaves the original alone', () => {
    const before = JSON.stringify(workflow.graph);
    const graph = applyParameters(workflow.graph, workflow.parameters, {
      seed: 2n ** 64n - 1n,
      positive: 'a "red" bird',
    });
    expect(graph['5']?.inputs['seed']).toBe(18_446_744_073_709_551_615n);
    expect(graph['2']?.inputs['text']).toBe('a "red" bird');
    expect(graph['4']).toEqual(workflow.graph['4']);
    expect(JSON.stringify(workflow.graph)).toBe(before);
  });

  it('sets any text and number to exactly that value', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 1 }), (positive, steps) => {
        const graph = applyParameters(workflow.graph, workflow.parameters, { positive, steps });
        expect(graph['2']?.inputs['text']).toBe(positive);
        expect(graph['5']?.inputs['steps']).toBe(steps);
      }),
    );
  });

  it.each(['/9/inputs/seed', '/5/inputs/seed/0', '/5', '/5/_meta/title', '/5/inputs/__proto__'])(
    'refuses %s',
    (seed) => {
      const parameters = { ...workflow.parameters, seed };
      expect(() => applyParameters(workflow.graph, parameters, {})).toThrow(`seed points to ${seed}`);
    },
  );
});
