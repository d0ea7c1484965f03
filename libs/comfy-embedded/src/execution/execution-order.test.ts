import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validatePrompt, type ValidPrompt } from '../graph/validate-prompt.ts';
import { parseJson } from '../json/parse-json.ts';
import { nodeClasses } from '../nodes/node-classes.ts';
import { ArithmeticEngine } from '../../test/arithmetic-engine.ts';
import { noFiles } from '../../test/no-files.ts';
import { textToImageGraph } from '../../test/text-to-image-graph.ts';
import { ExecutionOrder } from './execution-order.ts';

const classes = nodeClasses(new ArithmeticEngine(), noFiles);

function valid(prompt: object): ValidPrompt {
  const result = validatePrompt(parseJson(JSON.stringify(prompt)), classes, { maxNodes: 500 });
  if (!result.ok) throw new Error(result.error.details);
  return result;
}

function runAll({ nodes, outputs }: ValidPrompt, done: ReadonlySet<string> = new Set()): string[] {
  const order = new ExecutionOrder(nodes, outputs, (id) => done.has(id));
  const ran: string[] = [];
  for (let id = order.take(); id !== undefined; id = order.take()) {
    ran.push(id);
    order.finish(id);
  }
  return ran;
}

/** A chain of samplers of random shape, each taking its latent from an earlier one, some of them saved. */
const samplerGraphs = fc
  .array(fc.record({ source: fc.nat(), saved: fc.boolean() }), { minLength: 1, maxLength: 12 })
  .map((samplers) => {
    const base = textToImageGraph();
    const graph: Record<string, unknown> = { ...base };
    for (const [index, { source, saved }] of samplers.entries()) {
      const latent = index === 0 ? 'latent' : ['latent', ...samplers.keys()][source % (index + 1)];
      const from = typeof latent === 'number' ? `sampler${latent}` : 'latent';
      graph[`sampler${index}`] = {
        ...base['sampler'],
        inputs: { ...base['sampler']?.inputs, seed: index, latent_image: [from, 0] },
      };
      if (!saved) continue;
      graph[`decoder${index}`] = {
        class_type: 'VAEDecode',
        inputs: { samples: [`sampler${index}`, 0], vae: ['loader', 2] },
      };
      graph[`preview${index}`] = { class_type: 'PreviewImage', inputs: { images: [`decoder${index}`, 0] } };
    }
    return graph;
  });

describe('ExecutionOrder', () => {
  it('hands out every needed node once, after its sources', () => {
    fc.assert(
      fc.property(samplerGraphs, (graph) => {
        const prompt = valid(graph);
        const ran = runAll(prompt);
        expect([...ran].sort()).toEqual([...prompt.nodes.keys()].sort());
        for (const [id, { links }] of prompt.nodes) {
          for (const { from } of links.values()) expect(ran.indexOf(from)).toBeLessThan(ran.indexOf(id));
        }
      }),
    );
  });

  it('shows pictures early: an output node runs as soon as it can', () => {
    const graph = textToImageGraph();
    const second = { class_type: 'PreviewImage', inputs: { images: ['decoder', 0] } };
    const ran = runAll(valid({ ...graph, preview: second }));
    expect(ran.slice(-3)).toEqual(['decoder', 'save', 'preview']);
  });

  it('finishes one picture before it starts the next', () => {
    const { sampler, ...rest } = textToImageGraph();
    const graph = {
      ...rest,
      sampler,
      sampler2: { ...sampler, inputs: { ...sampler?.inputs, seed: 2 } },
      decoder2: { class_type: 'VAEDecode', inputs: { samples: ['sampler2', 0], vae: ['loader', 2] } },
      save2: { class_type: 'SaveImage', inputs: { images: ['decoder2', 0], filename_prefix: 'second' } },
    };
    const ran = runAll(valid(graph));
    for (const [decoder, save] of [
      ['decoder', 'save'],
      ['decoder2', 'save2'],
    ] as const) {
      expect(ran.indexOf(save)).toBe(ran.indexOf(decoder) + 1);
    }
    expect(ran.slice(-6).map((id) => id.replace('2', ''))).toEqual([
      'sampler',
      'decoder',
      'save',
      'sampler',
      'decoder',
      'save',
    ]);
  });

  it('leaves out what is at hand, but not the outputs', () => {
    const prompt = valid(textToImageGraph());
    expect(runAll(prompt, new Set(['sampler']))).toEqual(['loader', 'decoder', 'save']);
    expect(runAll(prompt, new Set(prompt.nodes.keys()))).toEqual(['save']);
  });
});
