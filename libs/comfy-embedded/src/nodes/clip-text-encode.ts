import { EngineError } from '../engine/engine-errors.ts';
import { checkPrompt } from '../engine/prompt/check-prompt.ts';
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
    try {
      checkPrompt(text);
      return [];
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return [{ input: 'text', reason: error.message }];
    }
  },
  async execute({ text, clip }, { signal, reportUnknownWords }) {
    const conditioning = await clip.encodePrompt(text, { signal });
    if (conditioning.unknownWords.length > 0) reportUnknownWords(conditioning.unknownWords);
    return { outputs: [{ type: 'CONDITIONING', value: conditioning }] };
  },
});
