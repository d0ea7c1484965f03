/** Names that diffusers and Stability's SGM code give to the layers inside a residual block. */
const residualLayers = new Map([
  ['norm1', 'in_layers.0'],
  ['conv1', 'in_layers.2'],
  ['time_emb_proj', 'emb_layers.1'],
  ['norm2', 'out_layers.0'],
  ['conv2', 'out_layers.3'],
  ['conv_shortcut', 'skip_connection'],
]);

const outerLayers = new Map([
  ['conv_in', 'input_blocks.0.0'],
  ['time_embedding.linear_1', 'time_embed.0'],
  ['time_embedding.linear_2', 'time_embed.2'],
  ['add_embedding.linear_1', 'label_emb.0.0'],
  ['add_embedding.linear_2', 'label_emb.0.2'],
  ['conv_norm_out', 'out.0'],
  ['conv_out', 'out.2'],
]);

/** What decides how SGM numbers the blocks of a UNet. */
export interface UnetLayout {
  /** Residual layers of a down block; an up block has one more. */
  readonly layersPerBlock: number;
  /** Whether the layers of each up block, the first one first, have attention. */
  readonly upBlockHasAttention: readonly boolean[];
}

/** The layout of a UNet, from the names of its tensors (`unet.…`). */
export function unetLayout(tensors: readonly string[]): UnetLayout {
  const layers = tensors.map((name) => Number(/^unet\.down_blocks\.0\.resnets\.(\d+)\./.exec(name)?.[1] ?? -1));
  const upBlocks = tensors.map((name) => Number(/^unet\.up_blocks\.(\d+)\./.exec(name)?.[1] ?? -1));
  return {
    layersPerBlock: Math.max(...layers) + 1,
    upBlockHasAttention: Array.from({ length: Math.max(...upBlocks) + 1 }, (_, block) =>
      tensors.some((name) => name.startsWith(`unet.up_blocks.${block}.attentions.`)),
    ),
  };
}

/**
 * The name of a UNet layer in SGM's numbering, which ComfyUI and kohya use: one running number over all layers and
 * samplers of the down blocks, one over those of the up blocks.
 *
 * @param name diffusers' name without `.weight`, such as `down_blocks.1.attentions.0.proj_in`
 * @returns null for a name of another form
 */
export function sgmName(name: string, { layersPerBlock, upBlockHasAttention }: UnetLayout): string | null {
  const outer = outerLayers.get(name);
  if (outer !== undefined) return outer;
  const middle = /^mid_block\.(resnets|attentions)\.(\d)\.(.+)$/.exec(name);
  if (middle !== null) {
    const [, kind, index, layer = ''] = middle;
    return kind === 'attentions'
      ? `middle_block.1.${layer}`
      : `middle_block.${Number(index) * 2}.${residualLayers.get(layer) ?? layer}`;
  }
  const parts = /^(down|up)_blocks\.(\d+)\.(resnets|attentions|downsamplers|upsamplers)\.(\d+)\.(.+)$/.exec(name);
  if (parts === null) return null;
  const [, way, blockText, kind, layerText, layer = ''] = parts;
  const [block, index] = [Number(blockText), Number(layerText)];
  const perBlock = layersPerBlock + 1;
  if (kind === 'downsamplers') return `input_blocks.${(block + 1) * perBlock}.0.op`;
  if (kind === 'upsamplers') {
    const place = upBlockHasAttention[block] === true ? 2 : 1;
    return `output_blocks.${block * perBlock + layersPerBlock}.${place}.conv`;
  }
  const number = way === 'down' ? 1 + block * perBlock + index : block * perBlock + index;
  const side = way === 'down' ? 'input_blocks' : 'output_blocks';
  return kind === 'attentions'
    ? `${side}.${number}.1.${layer}`
    : `${side}.${number}.0.${residualLayers.get(layer) ?? layer}`;
}
