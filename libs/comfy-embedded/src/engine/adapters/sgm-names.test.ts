import { readManifest } from '@dgx-pixels/pixel-model';
import { describe, expect, it } from 'vitest';
import { goldenUnetNames } from '../../../test/engine/golden.ts';
import { adapterStems } from './adapter-stems.ts';
import { sgmName, unetLayout } from './sgm-names.ts';

const tensors = Object.keys(readManifest().tensors);
const layout = unetLayout(tensors);

describe('sgmName', () => {
  it('knows the layout of the bundled model', () => {
    expect(layout).toEqual({ layersPerBlock: 1, upBlockHasAttention: [true, true, false] });
  });

  it('numbers every layer of the UNet as ComfyUI does', () => {
    const layers = tensors.flatMap((name) => /^unet\.(.+)\.weight$/.exec(name)?.[1] ?? []);
    expect(layers.length).toBeGreaterThan(150);
    for (const layer of layers) expect([layer, sgmName(layer, layout)]).toEqual([layer, goldenUnetNames[layer]]);
  });

  it('has no name for what it does not know', () => {
    expect(sgmName('down_blocks.one.resnets.0.conv1', layout)).toBeNull();
    expect(sgmName('__proto__', layout)).toBeNull();
  });
});

describe('adapterStems', () => {
  const stems = adapterStems(tensors, layout);

  it.each([
    [
      'lora_unet_middle_block_1_transformer_blocks_0_attn2_to_k',
      'unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_k',
    ],
    [
      'lora_unet_mid_block_attentions_0_transformer_blocks_0_attn2_to_k',
      'unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_k',
    ],
    ['lycoris_up_blocks_2_resnets_1_conv2', 'unet.up_blocks.2.resnets.1.conv2'],
    ['diffusion_model.label_emb.0.2', 'unet.add_embedding.linear_2'],
    [
      'unet.mid_block.attentions.0.transformer_blocks.0.attn1.processor.to_out',
      'unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_out.0',
    ],
    ['unet.mid_block.attentions.0.proj_in', 'unet.mid_block.attentions.0.proj_in'],
    ['lora_te1_text_model_encoder_layers_1_mlp_fc2', 'text_encoder.text_model.encoder.layers.1.mlp.fc2'],
    [
      'lora_te2_text_model_encoder_layers_1_self_attn_out_proj',
      'text_encoder_2.text_model.encoder.layers.1.self_attn.out_proj',
    ],
    [
      'text_encoder_2.text_model.encoder.layers.0.self_attn.k_proj',
      'text_encoder_2.text_model.encoder.layers.0.self_attn.k_proj',
    ],
    ['lora_te2_text_projection', 'text_encoder_2.text_projection'],
  ])('reads %s', (stem, layer) => {
    expect(stems.get(stem)).toBe(`${layer}.weight`);
  });

  it.each([
    'unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q',
    'base_model.model.mid_block.attentions.0.proj_in',
    'lora_te1_text_projection',
  ])('does not read %s, as ComfyUI does not', (stem) => {
    expect(stems.get(stem)).toBeUndefined();
  });
});
