import { randomInt } from 'node:crypto';
import type { WorkflowGraph, WorkflowInput, WorkflowNode } from '@dgx-pixels/comfy-client';
import { ComfyHostError } from './errors.ts';

/** What to change in the template; absent members stay as the template has them. */
export interface TextToImageRecipe {
  readonly checkpoint?: string | undefined;
  readonly positive?: string | undefined;
  readonly negative?: string | undefined;
  /** Pixels. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
  readonly steps?: number | undefined;
  readonly cfg?: number | undefined;
  readonly sampler?: string | undefined;
  readonly scheduler?: string | undefined;
}

/** A filled-in template and what has to come out of it. */
export interface TextToImageRequest {
  readonly graph: WorkflowGraph;
  readonly checkpoint: string;
  readonly width: number;
  readonly height: number;
  readonly batchSize: number;
}

type Inputs = Readonly<Record<string, WorkflowInput | undefined>>;

/** Node ids of `bench/workflows/txt2img.api.json` and their classes. */
export const templateNodes = {
  '1': 'CheckpointLoaderSimple',
  '2': 'CLIPTextEncode',
  '3': 'CLIPTextEncode',
  '4': 'EmptyLatentImage',
  '5': 'KSampler',
  '6': 'VAEDecode',
  '7': 'SaveImage',
} as const;

/** Nodes that have to run anew for an image to be new: sampler, decoder, writer. */
export const freshNodes: readonly string[] = ['5', '6', '7'];

/**
 * Fills the template in, with a fresh seed below 2^48 so that no server answers from its cache.
 *
 * @throws ComfyHostError ENGINE_HOST_TEMPLATE_UNUSABLE when the template is not the seven-node workflow.
 */
export function prepareTextToImage(template: WorkflowGraph, recipe: TextToImageRecipe): TextToImageRequest {
  const wrong = Object.entries(templateNodes).find(([id, nodeClass]) => template[id]?.class_type !== nodeClass);
  if (wrong !== undefined) {
    const [id, nodeClass] = wrong;
    const found = template[id]?.class_type ?? 'missing';
    throw unusable(`node ${id} is ${found}, expected ${nodeClass}`);
  }
  const changes: Readonly<Record<string, Inputs>> = {
    '1': { ckpt_name: recipe.checkpoint },
    '2': { text: recipe.positive },
    '3': { text: recipe.negative },
    '4': { width: recipe.width, height: recipe.height },
    '5': {
      seed: randomInt(2 ** 48 - 1),
      steps: recipe.steps,
      cfg: recipe.cfg,
      sampler_name: recipe.sampler,
      scheduler: recipe.scheduler,
    },
    '7': { filename_prefix: 'dgx-pixels-check' },
  };
  const graph: Record<string, WorkflowNode> = {};
  for (const [id, node] of Object.entries(template)) graph[id] = withInputs(node, changes[id] ?? {});
  const checkpoint = graph['1']?.inputs['ckpt_name'];
  if (typeof checkpoint !== 'string') throw unusable('node 1 names no checkpoint');
  const size = (name: string): number => {
    const value = graph['4']?.inputs[name];
    if (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) return value;
    throw unusable(`${name} of node 4 must be a positive whole number`);
  };
  return { graph, checkpoint, width: size('width'), height: size('height'), batchSize: size('batch_size') };
}

function withInputs(node: WorkflowNode, changes: Inputs): WorkflowNode {
  const inputs: Record<string, WorkflowInput> = { ...node.inputs };
  for (const [name, value] of Object.entries(changes)) if (value !== undefined) inputs[name] = value;
  return { ...node, inputs };
}

function unusable(fault: string): ComfyHostError {
  return new ComfyHostError('ENGINE_HOST_TEMPLATE_UNUSABLE', `The text-to-image template cannot be used: ${fault}`);
}
