import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseObjectInfo } from '../schema/object-info.ts';
import { applyParameters, defaultParameters } from './apply-template-parameters.ts';
import { expectedTemplateOutput } from './template-output.ts';
import { readParameterValues } from './template-parameters.ts';
import { validateWorkflow } from './validate-workflow.ts';
import { parseWorkflowTemplate, type WorkflowTemplate } from './workflow-template.ts';

const folder = join(import.meta.dirname, '../../../../bench/workflows');
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.parameters.json'))
  .map((file) => file.replace('.parameters.json', ''));
const load = (name: string): WorkflowTemplate =>
  parseWorkflowTemplate(read(`${name}.parameters.json`), read(`${name}.api.json`));

/** Recorded from ComfyUI 0.3.64 without the model names of its machine. */
const recorded = join(import.meta.dirname, '../../../comfy-embedded/test/fixtures/object-info-0.3.64.json');
const classes = parseObjectInfo(readFileSync(recorded, 'utf8'));

const declared = {
  workflow: 'small.api.json',
  description: 'a small one',
  parameters: {
    seed: { type: 'seed', inputs: ['/5/inputs/seed'], description: 'seed' },
    steps: { type: 'integer', inputs: ['/5/inputs/steps'], min: 1, max: 200, description: 'steps' },
    width: { type: 'integer', inputs: ['/4/inputs/width'], min: 16, max: 64, multipleOf: 8, description: 'width' },
    cfg: { type: 'number', inputs: ['/5/inputs/cfg'], min: 0, max: 10, description: 'guidance' },
    positive: { type: 'text', inputs: ['/2/inputs/text'], description: 'prompt' },
    mode: { type: 'choice', inputs: ['/5/inputs/mode'], options: ['fast', 'slow'], description: 'mode' },
  },
  output: { images: 1, width: { parameter: 'width' }, height: 64, cell: 8, transparent: true, colours: 16 },
};
const workflow = {
  '2': { class_type: 'Text', inputs: { text: 'a bird' }, _meta: { title: 'Prompt' } },
  '4': { class_type: 'Latent', inputs: { width: 64 } },
  '5': { class_type: 'Sampler', inputs: { seed: 0, steps: 20, cfg: 7, mode: 'fast', latent: ['4', 0] } },
};
const template = parseWorkflowTemplate(declared, workflow);

describe('the templates that ship', () => {
  it.each(names)('%s has nothing that ComfyUI 0.3.64 would refuse', (name) => {
    const faults = validateWorkflow(load(name).graph, classes).filter(
      // The recording has no choices: they are those of its machine.
      ({ message }) => !message.endsWith('has nothing to choose from'),
    );
    expect(faults).toEqual([]);
  });

  it.each(names)('%s sets through each parameter what it declares, and nothing else', (name) => {
    const loaded = load(name);
    expect(applyParameters(loaded, defaultParameters(loaded))).toEqual(loaded.graph);
    expect(loaded.workflow).toBe(`${name}.api.json`);
    const output = expectedTemplateOutput(loaded.output, defaultParameters(loaded));
    expect(output.width % output.cell).toBe(0);
    for (const input of ['text', 'seed', 'noise_seed', 'ckpt_name', 'lora_name', 'image']) {
      const places = Object.entries(loaded.graph).flatMap(([id, node]) =>
        Object.hasOwn(node.inputs, input) && typeof node.inputs[input] !== 'object' ? [`/${id}/inputs/${input}`] : [],
      );
      const settable = new Set([...loaded.parameters.values()].flatMap(({ inputs }) => inputs));
      expect(places.filter((place) => !settable.has(place))).toEqual([]);
    }
  });
});

describe('parseWorkflowTemplate', () => {
  it.each([
    [{ seed: { inputs: ['/9/inputs/seed'] } }, 'seed points to /9/inputs/seed'],
    [{ seed: { inputs: ['/5/inputs/seed/0'] } }, 'seed points to /5/inputs/seed/0'],
    [{ positive: { inputs: ['/2/_meta/title'] } }, 'positive points to /2/_meta/title'],
    [{ seed: { inputs: ['/5/inputs/__proto__'] } }, 'seed points to /5/inputs/__proto__'],
    [{ steps: { max: 10 } }, 'steps is 20 in the workflow, expected a whole number from 1 to 10'],
    [{ steps: { inputs: ['/5/inputs/steps', '/5/inputs/cfg'] } }, 'steps has different values: 20, 7'],
    [{ steps: { inputs: ['/5/inputs/latent'] } }, 'steps is ["4",0] in the workflow'],
  ])('refuses %j', (change, message) => {
    const parameters = Object.fromEntries(
      Object.entries(declared.parameters).map(([name, definition]) => [
        name,
        { ...definition, ...(change as Record<string, object>)[name] },
      ]),
    );
    expect(() => parseWorkflowTemplate({ ...declared, parameters }, workflow)).toThrow(message);
  });

  it('names every fault at once', () => {
    const nodes = { save: '7' };
    const parameters = { ...declared.parameters, seed: { ...declared.parameters.seed, inputs: ['/1/inputs/a'] } };
    expect(() => parseWorkflowTemplate({ ...declared, parameters, nodes }, workflow)).toThrow(
      /seed points to .*node 7 \(save\) is not in the workflow/,
    );
    const output = { ...declared.output, width: { parameter: 'cfg' } };
    expect(() => parseWorkflowTemplate({ ...declared, output }, workflow)).toThrow('the output asks for cfg');
    expect(() => parseWorkflowTemplate({ ...declared, extra: 1 }, workflow)).toThrow(
      expect.objectContaining({ code: 'COMFY_TEMPLATE_INVALID' }),
    );
  });
});

describe('applyParameters', () => {
  it('sets what is given, keeps the rest and leaves the original alone', () => {
    const before = structuredClone(template.graph);
    const graph = applyParameters(template, { seed: 2n ** 64n - 1n, positive: 'a "red" bird' });
    expect(graph['5']?.inputs['seed']).toBe(18_446_744_073_709_551_615n);
    expect(graph['2']).toEqual({ ...workflow['2'], inputs: { text: 'a "red" bird' } });
    expect(graph['4']).toEqual(template.graph['4']);
    expect(template.graph).toEqual(before);
  });

  it('sets any text and number in range to exactly that value', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200 }),
        fc.integer({ min: 1, max: 200 }),
        fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
        (positive, steps, seed) => {
          const graph = applyParameters(template, { positive, steps, seed });
          expect(graph['2']?.inputs['text']).toBe(positive);
          expect(graph['5']?.inputs['steps']).toBe(steps);
          expect([seed, Number(seed)]).toContain(graph['5']?.inputs['seed']);
        },
      ),
    );
  });
});

describe('readParameterValues', () => {
  it('reads numbers from text', () => {
    const given = { seed: '18446744073709551615', steps: '12', cfg: '6.5', width: 32, mode: 'slow' };
    expect(readParameterValues(template.parameters, given)).toEqual({
      seed: 2n ** 64n - 1n,
      steps: 12,
      cfg: 6.5,
      width: 32,
      mode: 'slow',
    });
  });

  it.each([
    [{ seed: -1 }, 'seed is -1'],
    [{ seed: '18446744073709551616' }, 'seed is "18446744073709551616"'],
    [{ steps: 1.5 }, 'a whole number from 1 to 200'],
    [{ steps: '1e2' }, 'steps is "1e2"'],
    [{ steps: '' }, 'steps is ""'],
    [{ width: 20 }, 'a multiple of 8 from 16 to 64'],
    [{ cfg: Number.NaN }, 'cfg is NaN'],
    [{ positive: 3 }, 'positive is 3'],
    [{ mode: 'other' }, 'one of fast, slow'],
    [{ nothing: 1, __proto__: null }, 'there is no parameter "nothing" (known: seed, steps'],
  ])('refuses %j', (given, message) => {
    expect(() => readParameterValues(template.parameters, given)).toThrow(message);
  });

  it('names every fault at once', () => {
    expect(() => readParameterValues(template.parameters, { steps: 0, what: 1, cfg: 'x' })).toThrow(
      /steps is 0.*no parameter "what".*cfg is "x"/,
    );
  });
});
