import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { objectInfoSchema } from '../schema/object-info.ts';
import { parseWorkflowGraph, type WorkflowGraph } from '../workflow-graph.ts';
import { validateWorkflow } from './validate-workflow.ts';

/** What ComfyUI 0.3.64 answered, recorded for the embedded server's tests. */
const recorded = new URL('../../../comfy-embedded/test/fixtures/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`${name}-0.3.64.json`, recorded), 'utf8'));
const classes = objectInfoSchema.parse(read('object-info'));
const choices: Readonly<Record<string, readonly string[]>> = {
  ckpt_name: ['arithmetic.safetensors'],
  sampler_name: ['euler', 'dpmpp_2m'],
  scheduler: ['normal', 'karras'],
};
/** The recording leaves choices out, since they depend on the machine. */
for (const { input } of Object.values(classes)) {
  for (const [name, declaration] of Object.entries(input.required ?? {})) {
    if (choices[name] !== undefined && Array.isArray(declaration)) input.required![name] = [choices[name], {}];
  }
}

const answers = z
  .array(
    z.object({
      name: z.string(),
      prompt: z.json(),
      answer: z.object({
        status: z.number(),
        nodeErrors: z.record(z.string(), z.object({ errors: z.array(z.string()) })),
      }),
    }),
  )
  .parse(read('prompt-answers'));
/** Faults over which the server stumbles without naming the input. */
const stumbles = ['missing node', 'missing node at output', 'bad slot', 'str slot'];
const usable = answers.filter(({ prompt }) => {
  try {
    parseWorkflowGraph(prompt);
    return true;
  } catch {
    return false;
  }
});

const graph = parseWorkflowGraph(answers.find(({ name }) => name === 'missing required')?.prompt);
const sampler = graph['5']!;
const whole: WorkflowGraph = { ...graph, '5': { ...sampler, inputs: { ...sampler.inputs, seed: 1, steps: 4 } } };

function faultsOf(changed: WorkflowGraph): string[] {
  return validateWorkflow(changed, classes).map(({ nodeId, type, input }) => [nodeId, type, input].join(' ').trim());
}

/** The workflow with an input of a node set. */
function withInput(id: string, name: string, value: WorkflowGraph[string]['inputs'][string]): WorkflowGraph {
  const node = whole[id]!;
  return { ...whole, [id]: { ...node, inputs: { ...node.inputs, [name]: value } } };
}

describe('validateWorkflow', () => {
  it('finds nothing wrong with a whole workflow', () => {
    expect(faultsOf(whole)).toEqual([]);
  });

  const comparable = usable.filter(({ answer: { nodeErrors } }) =>
    Object.values(nodeErrors).some(
      ({ errors }) => errors.length > 0 && !errors.some((error) => error.startsWith('exception')),
    ),
  );
  it.each(comparable)('agrees with ComfyUI about: $name', ({ prompt, answer }) => {
    const wanted = Object.entries(answer.nodeErrors).flatMap(([id, { errors }]) =>
      errors.filter((error) => !error.startsWith('exception')).map((error) => `${id} ${error}`),
    );
    expect(faultsOf(parseWorkflowGraph(prompt))).toEqual(expect.arrayContaining(wanted));
  });

  it.each(usable.filter(({ answer }) => answer.status === 400))(
    'accepts nothing that ComfyUI refuses: $name',
    ({ prompt }) => {
      expect(faultsOf(parseWorkflowGraph(prompt))).not.toEqual([]);
    },
  );

  it.each(stumbles)('names the link of: %s', (name) => {
    const prompt = parseWorkflowGraph(answers.find((answer) => answer.name === name)?.prompt);
    expect(faultsOf(prompt).filter((fault) => fault.includes('bad_linked_input'))).toHaveLength(1);
  });

  it('says everything at once', () => {
    const changed = withInput('4', 'width', 3);
    const broken = {
      ...changed,
      '8': { class_type: 'Nowhere', inputs: {} },
      '6': { class_type: 'VAEDecode', inputs: { samples: ['5', 7], vae: 'x' } },
    };
    expect(faultsOf(broken).toSorted()).toEqual(
      [
        '6 bad_linked_input samples',
        '6 invalid_input_type vae',
        '8 unknown_class',
        '4 value_smaller_than_min width',
      ].toSorted(),
    );
  });

  it('takes the values that the server converts, and seeds to the last bit', () => {
    expect(faultsOf(withInput('5', 'steps', '64'))).toEqual([]);
    expect(faultsOf(withInput('5', 'cfg', true))).toEqual([]);
    expect(faultsOf(withInput('5', 'seed', 2n ** 64n - 1n))).toEqual([]);
    expect(faultsOf(withInput('5', 'seed', -1n))).toEqual(['5 value_smaller_than_min seed']);
    expect(faultsOf(withInput('5', 'cfg', 'nan'))).toEqual(['5 invalid_input_type cfg']);
  });

  it('finds a cycle of any length, and only its nodes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 5 }), (length, tail) => {
        const invert = (id: number, from: number) =>
          [`c${id}`, { class_type: 'ImageInvert', inputs: { image: [`c${from}`, 0] } }] as const;
        const cycle = Array.from({ length }, (_none, id) => invert(id, (id + 1) % length));
        const chain = Array.from({ length: tail }, (_none, id) => invert(length + id, id === 0 ? 0 : length + id - 1));
        const last = tail === 0 ? 'c0' : `c${length + tail - 1}`;
        const looped = {
          ...Object.fromEntries([...cycle, ...chain]),
          save: { class_type: 'PreviewImage', inputs: { images: [last, 0] } },
        };
        expect(faultsOf(looped).toSorted()).toEqual(cycle.map(([id]) => `${id} dependency_cycle`).toSorted());
      }),
    );
  });

  it('ends, with faults that name nodes of the workflow, for any graph of these classes', () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<WorkflowGraph[string]['inputs'][string]>,
      fc.tuple(fc.constantFrom('1', '2', '3', '9', '__proto__'), fc.integer({ min: -1, max: 3 })),
    );
    const names = ['image', 'images', 'clip', 'text', 'samples', 'vae', 'width', 'steps', '__proto__'];
    const node = fc.record({
      class_type: fc.constantFrom(...Object.keys(classes), 'Unknown', '__proto__', 'constructor'),
      inputs: fc.dictionary(fc.constantFrom(...names), value),
    });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('1', '2', '3', '4'), node), (random) => {
        for (const fault of validateWorkflow(random, classes)) {
          expect(fault.nodeId === null || Object.hasOwn(random, fault.nodeId)).toBe(true);
          expect(fault.message).not.toBe('');
        }
      }),
    );
  });
});
