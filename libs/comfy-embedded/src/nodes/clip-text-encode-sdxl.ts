import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';
import { int } from './number-inputs.ts';
import { promptRefusals } from './prompt-refusals.ts';
import { string } from './text-inputs.ts';

const maxResolution = 16_384;
const side = int({ default: 1024, min: 0, max: maxResolution });
const edge = int({ default: 0, min: 0, max: maxResolution });
const prompt = string({ multiline: true, dynamicPrompts: true });

/** `CLIPTextEncodeSDXL`: a prompt for each text encoder, and the sizes that SDXL's UNet is told. */
export const clipTextEncodeSdxl = defineNode({
  classType: 'CLIPTextEncodeSDXL',
  displayName: 'CLIPTextEncodeSDXL',
  description: 'Turns a prompt for each text encoder into an embedding that also names original size, crop and target.',
  category: 'advanced/conditioning',
  module: 'comfy_extras.nodes_clip_sdxl',
  inputs: {
    clip: socket('CLIP'),
    width: side,
    height: side,
    crop_w: edge,
    crop_h: edge,
    target_width: side,
    target_height: side,
    text_g: prompt,
    text_l: prompt,
  },
  outputs: ['CONDITIONING'],
  refusals: ({ text_g = '', text_l = '' }) => [
    ...promptRefusals('text_g', text_g),
    ...promptRefusals('text_l', text_l),
  ],
  async execute(inputs, { engine, signal, reportUnknownWords }) {
    const { clip, text_l: text, text_g: secondText } = inputs;
    const conditioning = await engine.encodePrompt({ text, secondText, ...clip }, { signal });
    if (conditioning.unknownWords.length > 0) reportUnknownWords(conditioning.unknownWords);
    const sizes = {
      width: inputs.width,
      height: inputs.height,
      cropLeft: inputs.crop_w,
      cropTop: inputs.crop_h,
      targetWidth: inputs.target_width,
      targetHeight: inputs.target_height,
    };
    return { outputs: [{ type: 'CONDITIONING', value: { ...conditioning, sizes } }] };
  },
});
