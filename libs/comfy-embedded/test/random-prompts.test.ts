import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ExecutionOrder } from '../src/execution/execution-order.ts';
import { validatePrompt } from '../src/graph/validate-prompt.ts';
import { parseJson } from '../src/json/parse-json.ts';
import { nodeClasses } from '../src/nodes/node-classes.ts';
import { ArithmeticEngine } from './arithmetic-engine.ts';
import { noFiles } from './no-files.ts';
import { textToImageGraph } from './text-to-image-graph.ts';

const classes = nodeClasses(new ArithmeticEngine(), noFiles);
const ids = [...Object.keys(textToImageGraph()), '__proto__', 'constructor', ''];

const link = fc.tuple(
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: fc.jsonValue() }),
  fc.constantFrom(0, 1, 2, -1, 0.5, '0'),
);
const value = fc.oneof(
  { weight: 4, arbitrary: link },
  { weight: 1, arbitrary: fc.jsonValue() },
  { weight: 2, arbitrary: fc.constantFrom(0, 1, 64, 1e9, 'nan', '64', 'euler', '../x') },
);

/** The standard graph with some inputs, classes or nodes replaced by anything. */
const prompts = fc
  .array(
    fc.record({
      id: fc.constantFrom(...ids),
      input: fc.constantFrom(
        'model',
        'clip',
        'vae',
        'samples',
        'images',
        'latent_image',
        'steps',
        'seed',
        'width',
        'text',
        'filename_prefix',
        '__proto__',
      ),
      value,
      kind: fc.constantFrom('input', 'input', 'input', 'class', 'node', 'inputs'),
      classType: fc.constantFrom(...classes.keys(), 'toString', 'Nope'),
    }),
    { maxLength: 5 },
  )
  .map((changes) => {
    const graph = parsed(JSON.stringify(textToImageGraph()));
    for (const { id, input, value: changed, kind, classType } of changes) {
      const node = (graph[id] ??= { class_type: classType, inputs: {} });
      if (kind === 'node') graph[id] = changed;
      else if (typeof node !== 'object') continue;
      else if (kind === 'class') Object.assign(node, { class_type: classType });
      else if (kind === 'inputs') Object.assign(node, { inputs: changed });
      else if ('inputs' in node && typeof node.inputs === 'object' && node.inputs !== null)
        Object.assign(node.inputs, { [input]: changed });
    }
    return JSON.stringify(graph);
  });

function parsed(text: string): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}

it('judges any prompt: what passes can run, what does not has its faults named', () => {
  const seen = { passed: 0, refused: 0 };
  fc.assert(
    fc.property(prompts, (text) => {
      const result = validatePrompt(parseJson(text), classes, { maxNodes: 256 });
      if (!result.ok) {
        seen.refused += 1;
        expect(result.error.message).not.toBe('');
        if (result.error.type === 'prompt_outputs_failed_validation') expect(result.nodeErrors.size).toBeGreaterThan(0);
        return;
      }
      seen.passed += 1;
      expect(result.outputs.length).toBeGreaterThan(0);
      // Every node gets its turn, so there is no cycle; and every input is fed by a link of its type or a value.
      const order = new ExecutionOrder(result.nodes, result.outputs, () => false);
      let turns = 0;
      for (let id = order.take(); id !== undefined; id = order.take(), turns += 1) order.finish(id);
      expect(turns).toBe(result.nodes.size);
      for (const node of result.nodes.values()) {
        for (const [name, input] of node.nodeClass.inputs) {
          const from = node.links.get(name);
          if (from === undefined) expect(node.widgets.has(name)).toBe(true);
          else expect(result.nodes.get(from.from)?.nodeClass.outputs[from.slot]).toBe(input.type);
        }
      }
    }),
    { numRuns: 400 },
  );
  expect(Math.min(seen.passed, seen.refused)).toBeGreaterThan(10);
});
