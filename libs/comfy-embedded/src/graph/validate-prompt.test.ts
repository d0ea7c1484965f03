import { describe, expect, it } from 'vitest';
import { ArithmeticEngine } from '../../test/arithmetic-engine.ts';
import { noFiles } from '../../test/no-files.ts';
import { type ApiNode, textToImageGraph } from '../../test/text-to-image-graph.ts';
import { parseJson } from '../json/parse-json.ts';
import { nodeClasses } from '../nodes/node-classes.ts';
import { type InvalidPrompt, validatePrompt, type ValidPrompt } from './validate-prompt.ts';

const classes = nodeClasses(new ArithmeticEngine(), noFiles);

function validate(prompt: unknown, targets?: readonly string[]): ValidPrompt | InvalidPrompt {
  return validatePrompt(parseJson(JSON.stringify(prompt)), classes, { maxNodes: 500, targets });
}

/** The standard graph with inputs of one node changed; undefined removes an input. */
function graphWith(id: string, inputs: Record<string, unknown>): Record<string, ApiNode> {
  const graph = textToImageGraph();
  const node = graph[id];
  return node === undefined ? graph : { ...graph, [id]: { ...node, inputs: { ...node.inputs, ...inputs } } };
}

/** `node:type:details` of every fault. */
function faults(prompt: unknown): readonly string[] {
  return [...validate(prompt).nodeErrors].flatMap(([id, { errors }]) =>
    errors.map(({ type, details }) => `${id}:${type}:${details}`),
  );
}

describe('validatePrompt', () => {
  it('takes the standard graph and converts values as ComfyUI does', () => {
    const result = validate(graphWith('latent', { width: '64', height: 64.9, batch_size: true }));
    expect(result).toMatchObject({ ok: true, outputs: ['save'] });
    expect(result.ok && result.prompt['latent']).toMatchObject({ inputs: { width: 64, height: 64, batch_size: 1 } });
  });

  // Types and details: recorded from ComfyUI 0.3.64 with the same prompts.
  it.each([
    [
      'missing inputs',
      graphWith('sampler', { steps: undefined, seed: undefined }),
      ['sampler:required_input_missing:seed', 'sampler:required_input_missing:steps'],
    ],
    [
      'values below the range',
      graphWith('latent', { width: 8, batch_size: 0 }),
      ['latent:value_smaller_than_min:width', 'latent:value_smaller_than_min:batch_size'],
    ],
    [
      'values above the range',
      graphWith('sampler', { steps: 100000, cfg: 1000 }),
      ['sampler:value_bigger_than_max:steps', 'sampler:value_bigger_than_max:cfg'],
    ],
    [
      'an unknown model',
      graphWith('loader', { ckpt_name: 'no.safetensors' }),
      ["loader:value_not_in_list:ckpt_name: 'no.safetensors' not in ['arithmetic.safetensors']"],
    ],
    [
      'text for a number',
      graphWith('sampler', { steps: 'abc' }),
      ['sampler:invalid_input_type:steps, "abc" is not an integer'],
    ],
    [
      'a link of three parts',
      graphWith('decoder', { samples: ['sampler', 0, 1] }),
      ['decoder:bad_linked_input:samples'],
    ],
    [
      'an output of another type',
      graphWith('save', { images: ['sampler', 0] }),
      ['save:return_type_mismatch:images, received_type(LATENT) mismatch input_type(IMAGE)'],
    ],
    [
      'a link to a widget of another type',
      graphWith('sampler', { steps: ['latent', 0] }),
      ['sampler:return_type_mismatch:steps, received_type(LATENT) mismatch input_type(INT)'],
    ],
  ])('names %s', (_what, prompt, expected) => {
    expect(faults(prompt)).toEqual(expected);
    expect(validate(prompt)).toMatchObject({ ok: false, error: { type: 'prompt_outputs_failed_validation' } });
  });

  it.each([
    [
      'of an inner node to no node',
      graphWith('decoder', { samples: ['nowhere', 0] }),
      'decoder',
      'exception_during_inner_validation',
      'KeyError',
    ],
    [
      'of an output node to no node',
      graphWith('save', { images: ['nowhere', 0] }),
      'save',
      'exception_during_validation',
      'KeyError',
    ],
    [
      'to no output',
      graphWith('decoder', { samples: ['sampler', 3] }),
      'decoder',
      'exception_during_inner_validation',
      'IndexError',
    ],
    [
      'to a negative output',
      graphWith('decoder', { samples: ['sampler', -1] }),
      'decoder',
      'exception_during_inner_validation',
      'IndexError',
    ],
    [
      'to a slot that is text',
      graphWith('decoder', { samples: ['sampler', '0'] }),
      'decoder',
      'exception_during_inner_validation',
      'TypeError',
    ],
  ])('names a link %s', (_what, prompt, id, type, exception) => {
    const { nodeErrors } = validate(prompt);
    expect([...nodeErrors.keys()]).toEqual([id]);
    expect(nodeErrors.get(id)).toMatchObject({
      errors: [{ type, extra_info: { exception_type: exception } }],
      dependent_outputs: ['save'],
    });
  });

  it('shows the input in extra_info', () => {
    const { nodeErrors } = validate(graphWith('sampler', { cfg: 'nan', steps: 0 }));
    expect(nodeErrors.get('sampler')).toMatchObject({
      class_type: 'KSampler',
      errors: [
        {
          type: 'value_smaller_than_min',
          extra_info: { input_name: 'steps', input_config: ['INT', { min: 1 }], received_value: 0 },
        },
        {
          type: 'invalid_input_type',
          extra_info: { input_name: 'cfg', received_value: 'nan', exception_message: expect.any(String) as string },
        },
      ],
    });
  });

  it.each([
    ['an image too large', { width: 4096, height: 2048 }, 'width'],
    ['too many pixels in an image', { width: 2048, height: 1024 }, 'height'],
    ['too many images', { batch_size: 4096 }, 'batch_size'],
    ['too many pixels in a batch', { width: 1024, height: 1024, batch_size: 5 }, 'batch_size'],
  ])('refuses %s before it is queued, within the ranges of ComfyUI', (_what, inputs, input) => {
    expect(faults(graphWith('latent', inputs))).toEqual([
      expect.stringMatching(`^latent:custom_validation_failed:${input} - .*up to`),
    ]);
  });

  it('refuses a prefix that leaves the output directory', () => {
    expect(faults(graphWith('save', { filename_prefix: '../../x' }))).toEqual([
      expect.stringMatching(/^save:custom_validation_failed:filename_prefix - .*climbs out/),
    ]);
  });

  it('refuses a value where only a link can go', () => {
    expect(faults(graphWith('save', { images: 5 }))).toEqual(['save:invalid_input_type:images']);
  });

  it('names the nodes of a cycle', () => {
    const graph = graphWith('sampler', { latent_image: ['second', 0] });
    const second = { ...graph['sampler'], inputs: { ...graph['sampler']?.inputs, latent_image: ['sampler', 0] } };
    expect(faults({ ...graph, second })).toEqual(['sampler:dependency_cycle:sampler <- second <- sampler']);
    expect(faults(graphWith('sampler', { latent_image: ['sampler', 0] }))).toEqual([
      'sampler:dependency_cycle:sampler <- sampler',
    ]);
  });

  it('follows a graph as deep as it may be', () => {
    const graph: Record<string, unknown> = textToImageGraph();
    const { sampler } = textToImageGraph();
    for (let index = 0; index < 490; index += 1) {
      const source = index === 0 ? 'sampler' : `s${index - 1}`;
      graph[`s${index}`] = { ...sampler, inputs: { ...sampler?.inputs, latent_image: [source, 0] } };
    }
    graph['decoder'] = { class_type: 'VAEDecode', inputs: { samples: ['s489', 0], vae: ['loader', 2] } };
    expect(validate(graph).ok).toBe(true);
    expect(
      validate({
        ...graph,
        ...Object.fromEntries(Array.from({ length: 20 }, (_none, index) => [`x${index}`, sampler])),
      }),
    ).toMatchObject({
      error: { type: 'invalid_prompt' },
    });
  });

  it('runs the outputs that can run and reports the others', () => {
    const graph = textToImageGraph();
    const broken = { class_type: 'PreviewImage', inputs: { images: ['nowhere', 0] } };
    const result = validate({ ...graph, broken });
    expect(result).toMatchObject({ ok: true, outputs: ['save'] });
    expect([...result.nodeErrors.keys()]).toEqual(['broken']);
    expect(result.ok && result.nodes.has('broken')).toBe(false);
  });

  it('blames a shared fault on every output it stops', () => {
    const graph = {
      ...graphWith('latent', { width: 1 }),
      preview: { class_type: 'PreviewImage', inputs: { images: ['decoder', 0] } },
    };
    expect(validate(graph).nodeErrors.get('latent')?.dependent_outputs).toEqual(['save', 'preview']);
  });

  it('runs only the targets asked for', () => {
    const graph = {
      ...textToImageGraph(),
      preview: { class_type: 'PreviewImage', inputs: { images: ['decoder', 0] } },
    };
    expect(validate(graph, ['preview'])).toMatchObject({ ok: true, outputs: ['preview'] });
    expect(validate(graph, ['decoder'])).toMatchObject({ error: { type: 'prompt_no_outputs' } });
  });

  it.each([
    ['no node', {}, 'prompt_no_outputs', ''],
    ['a text', 'abc', 'invalid_prompt', ''],
    ['a node that is no object', { 1: 'x' }, 'invalid_prompt', "Node ID '#1'"],
    ['a node without class_type', { 1: { inputs: {} } }, 'invalid_prompt', "Node ID '#1'"],
    ['an unknown class', { 7: { class_type: 'Nope', inputs: {} } }, 'invalid_prompt', "Node ID '#7'"],
    ['a class called constructor', { 7: { class_type: 'constructor' } }, 'invalid_prompt', "Node ID '#7'"],
  ])('refuses a prompt of %s as a whole', (_what, prompt, type, details) => {
    const result = validate(prompt);
    expect(result).toMatchObject({ ok: false, error: { type, details } });
    expect(result.nodeErrors.size).toBe(0);
  });
});
