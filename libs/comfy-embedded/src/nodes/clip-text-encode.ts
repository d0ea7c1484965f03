import { engineLimits } from '../engine/engine-limits.ts';
import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';
import { string } from './text-inputs.ts';

/** `CLIPTextEncode`: a prompt becomes the conditioning of the UNet. */
export const clipTextEncode = defineNode({
  classType: 'CLIPTextEncode',
  displayName: 'CLIP Text Encode (Prompt)',
  description: 'Turns a prompt into the embedding that steers the denoising. (word:1.2) weighs a word.',
  category: 'conditioning',
  inputs: { text: string({ multiline: true, dynamicPrompts: true }), clip: socket('CLIP') },
  outputs: ['CONDITIONING'],
  refusals({ text = '' }) {
    if (text.length <= engineLimits.maxPromptLength) return [];
    return [{ input: 'text', reason: `${text.length} characters: prompts have up to ${engineLimits.maxPromptLength}` }];
  },
  async execute({ text, clip }, { signal, reportUnknownWords }) {
    const conditioning = await clip.encodePrompt(text, { signal });
    if (conditioning.unknownWords.length > 0) reportUnknownWords(conditioning.unknownWords);
    return { outputs: [{ type: 'CONDITIONING', value: conditioning }] };
  },
});
