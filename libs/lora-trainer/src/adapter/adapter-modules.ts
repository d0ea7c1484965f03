import type { UnetShape } from '../plan/unet-shape.ts';
import type { TargetSet } from '../protocol/train-request.ts';

/** A linear layer that gets an adapter: `lora_down` is [rank, from], `lora_up` [to, rank]. */
export interface AdapterModule {
  /** kohya's name, before `.lora_down.weight`. */
  readonly stem: string;
  readonly from: number;
  readonly to: number;
}

/**
 * The layers of a set, under the names of kohya's trainer (networks/lora.py): `lora_unet_` and the path in Stability's
 * original code. Its numbers run over all layers and samplers of the down blocks, and over those of the up blocks.
 * SDXL has 560, 700 and 722 of them.
 */
export function adapterModules(shape: UnetShape, targets: TargetSet): readonly AdapterModule[] {
  const { depths, layersPerBlock } = shape;
  const levels = depths.length;
  const modules: AdapterModule[] = [];
  const add = (block: string, level: number): void => {
    const depth = depths[level] ?? 0;
    if (depth > 0) modules.push(...blockModules(`lora_unet_${block}_1`, shape, level, depth, targets));
  };
  for (let level = 0; level < levels; level++) {
    for (let index = 0; index < layersPerBlock; index++) {
      add(`input_blocks_${level * (layersPerBlock + 1) + index + 1}`, level);
    }
  }
  add('middle_block', levels - 1);
  for (let number = 0; number < levels * (layersPerBlock + 1); number++) {
    add(`output_blocks_${number}`, levels - 1 - Math.floor(number / (layersPerBlock + 1)));
  }
  return modules;
}

function blockModules(
  block: string,
  { channels, crossWidth }: UnetShape,
  level: number,
  depth: number,
  targets: TargetSet,
): readonly AdapterModule[] {
  const width = channels[level] ?? 0;
  const linear = (name: string, from = width, to = width): AdapterModule => ({ stem: `${block}_${name}`, from, to });
  const layer = (index: number): readonly AdapterModule[] => {
    const inner = (name: string, from = width, to = width) => linear(`transformer_blocks_${index}_${name}`, from, to);
    const attention = (name: string, keysFrom: number) => [
      inner(`${name}_to_q`),
      inner(`${name}_to_k`, keysFrom),
      inner(`${name}_to_v`, keysFrom),
      inner(`${name}_to_out_0`),
    ];
    // GEGLU: half of the eightfold width gates the other half.
    const feedForward = [inner('ff_net_0_proj', width, width * 8), inner('ff_net_2', width * 4)];
    return [
      ...attention('attn1', width),
      ...attention('attn2', crossWidth),
      ...(targets === 'attention' ? [] : feedForward),
    ];
  };
  const layers = Array.from({ length: depth }, (_, index) => layer(index)).flat();
  return targets === 'attention-ff-proj' ? [linear('proj_in'), ...layers, linear('proj_out')] : layers;
}
