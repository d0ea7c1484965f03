import type { TargetSet } from '../protocol/train-request.ts';
import { type UnetLayer, type UnetShape, unetLayers } from './unet-shape.ts';

/** What an adapter adds to a UNet. */
export interface AdapterSize {
  /** Layers that get one. */
  readonly modules: number;
  readonly parameters: number;
  /** Bytes of the tensors in kohya's form, float16: two factors and an alpha for each layer. */
  readonly tensorBytes: number;
}

/** Work of one picture, in floating point operations; a multiply-add counts as two. */
export interface UpdateWork {
  readonly forward: number;
  /** Forward and backward of one picture in training. */
  readonly update: number;
}

const parts: Readonly<Record<TargetSet, readonly string[]>> = {
  attention: ['attention'],
  'attention-ff': ['attention', 'ff'],
  'attention-ff-proj': ['attention', 'ff', 'proj'],
};

function hasAdapter(layer: UnetLayer, targets: TargetSet): layer is Extract<UnetLayer, { kind: 'linear' }> {
  return layer.kind === 'linear' && layer.part !== null && parts[targets].includes(layer.part);
}

/** Size of an adapter of `rank` on the layers of a set. SDXL, rank 16, all 722 layers: 85.1 MB. */
export function adapterSize(shape: UnetShape, targets: TargetSet, rank: number): AdapterSize {
  const adapted = unetLayers(shape).filter((layer) => hasAdapter(layer, targets));
  const parameters = adapted.reduce((sum, { from, to }) => sum + rank * (from + to), 0);
  return { modules: adapted.length, parameters, tensorBytes: 2 * (parameters + adapted.length) };
}

/** The largest rank whose file stays within so many bytes; 0 when none does. */
export function largestRank(shape: UnetShape, targets: TargetSet, maxBytes: number): number {
  const { modules, parameters } = adapterSize(shape, targets, 1);
  return Math.max(0, Math.floor((maxBytes - 2 * modules) / (2 * parameters)));
}

/**
 * Work of training one picture. Forward: 2·tokens·in·out for a linear layer, 2·cells·side²·in·out for a convolution,
 * 4·queries·keys·width for attention. Backward: the same again for the inputs of linear layers and convolutions, none for
 * weights, since they are frozen; 2.5 times for attention, whose forward a fused kernel repeats (Dao 2023,
 * "FlashAttention-2", §3.1); nothing before the first layer with an adapter, nor towards the text states. The adapter: 2·tokens·rank·(in+out)
 * forward, twice that backward. Gradient checkpointing repeats the forward pass.
 *
 * @param width, height of the pictures in pixels; a latent cell is 8 × 8 of them
 */
export function updateWork(
  shape: UnetShape,
  {
    width,
    height,
    targets,
    rank,
    gradientCheckpointing,
  }: {
    readonly width: number;
    readonly height: number;
    readonly targets: TargetSet;
    readonly rank: number;
    readonly gradientCheckpointing: boolean;
  },
): UpdateWork {
  const cells = (width / 8) * (height / 8);
  const work = { forward: 0, backward: 0 };
  let trained = false;
  for (const layer of unetLayers(shape)) {
    const tokens = cells / 4 ** layer.level;
    const own = forwardWork(layer, tokens, shape.textTokens);
    work.forward += own;
    if (trained && layer.kind === 'attention') work.backward += 2.5 * own;
    else if (trained && !(layer.kind === 'linear' && layer.input !== 'cells')) work.backward += own;
    if (!hasAdapter(layer, targets)) continue;
    trained = true;
    const inputs = layer.input === 'text' ? shape.textTokens : tokens;
    const adapter = 2 * inputs * rank * (layer.from + layer.to);
    work.forward += adapter;
    work.backward += 2 * adapter;
  }
  const again = gradientCheckpointing ? work.forward : 0;
  return { forward: work.forward, update: work.forward + work.backward + again };
}

function forwardWork(layer: UnetLayer, tokens: number, textTokens: number): number {
  switch (layer.kind) {
    case 'linear': {
      const inputs = layer.input === 'cells' ? tokens : layer.input === 'text' ? textTokens : 1;
      return 2 * inputs * layer.from * layer.to;
    }
    case 'convolution':
      return 2 * tokens * layer.side ** 2 * layer.from * layer.to;
    case 'attention':
      return 4 * tokens * (layer.over === 'text' ? textTokens : tokens) * layer.width;
  }
}
