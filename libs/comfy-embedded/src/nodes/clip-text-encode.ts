import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';
import { promptRefusals } from './prompt-refusals.ts';
import { string } from './text-inputs.ts';

/** `CLIPTextEncode`: a prompt becomes the conditioning of the UNet. */
export const clipTextEncode = defineNode({
  classType: 'CLIPTextEncode',
  displayName: 'CLIP Text Encode (Prompt)',
  description: 'Turns a prompt into the embedding that steers the denoising. (word:1.2) weighs a word.',
  category: 'conditioning',
  inputs: { text: string({ multiline: true, dynamicPrompts: true }), clip: socket('CLIP') },
  outputs: ['CONDITIONING'],
  refusals: ({ text = '' }) => promptRefusals('text', text),
  async execute({ text, clip }, { engine, signal, reportUnknownWords }) {
    const conditioning = await engine.encodePrompt({ text, ...clip }, { signal });
    if (conditioning.unknownWords.length > 0) reportUnknownWords(conditioning.unknownWords);
    return { outputs: [{ type: 'CONDITIONING', value: conditioning }] };
  },
});
