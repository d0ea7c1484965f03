import { describe, expect, it } from 'vitest';
import { ArithmeticEngine } from '../../test/arithmetic-engine.ts';
import { noFiles } from '../../test/no-files.ts';
import { formatJson } from '../json/format-json.ts';
import { nodeClasses } from './node-classes.ts';
import { objectInfo } from './object-info.ts';

const classes = nodeClasses(new ArithmeticEngine(), noFiles);

function info(name: string): unknown {
  const nodeClass = classes.get(name);
  return nodeClass === undefined ? undefined : JSON.parse(formatJson(objectInfo(nodeClass)));
}

// Names, types, ranges and shapes: recorded from the /object_info of ComfyUI 0.3.64.
describe('objectInfo', () => {
  it('describes KSampler with its ranges', () => {
    expect(info('KSampler')).toMatchObject({
      input: {
        required: {
          model: ['MODEL', {}],
          seed: ['INT', { default: 0, min: 0, max: Number(2n ** 64n - 1n), control_after_generate: true }],
          steps: ['INT', { default: 20, min: 1, max: 10000 }],
          cfg: ['FLOAT', { default: 8, min: 0, max: 100, step: 0.1, round: 0.01 }],
          sampler_name: [['euler', 'euler_ancestral', 'dpmpp_2m'], {}],
          scheduler: [['simple', 'karras', 'normal'], {}],
          positive: ['CONDITIONING', {}],
          negative: ['CONDITIONING', {}],
          latent_image: ['LATENT', {}],
          denoise: ['FLOAT', { default: 1, min: 0, max: 1, step: 0.01 }],
        },
      },
      output: ['LATENT'],
      output_is_list: [false],
      output_name: ['LATENT'],
      name: 'KSampler',
      display_name: 'KSampler',
      python_module: 'nodes',
      category: 'sampling',
      output_node: false,
    });
  });

  it('writes the largest seed with all its digits', () => {
    const nodeClass = classes.get('KSampler');
    expect(nodeClass === undefined ? '' : formatJson(objectInfo(nodeClass))).toContain('"max":18446744073709551615');
  });

  it.each([
    ['CheckpointLoaderSimple', 'Load Checkpoint', 'loaders', ['ckpt_name'], ['MODEL', 'CLIP', 'VAE']],
    ['CLIPTextEncode', 'CLIP Text Encode (Prompt)', 'conditioning', ['text', 'clip'], ['CONDITIONING']],
    ['EmptyLatentImage', 'Empty Latent Image', 'latent', ['width', 'height', 'batch_size'], ['LATENT']],
    ['VAEDecode', 'VAE Decode', 'latent', ['samples', 'vae'], ['IMAGE']],
  ])('describes %s', (name, displayName, category, required, output) => {
    expect(info(name)).toMatchObject({
      name,
      display_name: displayName,
      category,
      input_order: { required },
      output,
      output_name: output,
      output_is_list: output.map(() => false),
      output_node: false,
    });
  });

  it.each([
    ['SaveImage', 'Save Image', ['images', 'filename_prefix']],
    ['PreviewImage', 'Preview Image', ['images']],
  ])('describes %s as an output node with hidden inputs', (name, displayName, required) => {
    expect(info(name)).toMatchObject({
      display_name: displayName,
      category: 'image',
      input: { hidden: { prompt: 'PROMPT', extra_pnginfo: 'EXTRA_PNGINFO' } },
      input_order: { required, hidden: ['prompt', 'extra_pnginfo'] },
      output: [],
      output_node: true,
    });
  });
});
