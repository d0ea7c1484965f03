import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';
import { int } from './number-inputs.ts';

/** `CLIPSetLastLayer`: how far prompts go through the text encoders; −2 is what the model learned with. */
export const clipSetLastLayer = defineNode({
  classType: 'CLIPSetLastLayer',
  displayName: 'CLIP Set Last Layer',
  description: 'Ends the text encoders at an earlier or later layer than the one before the last.',
  category: 'conditioning',
  inputs: { clip: socket('CLIP'), stop_at_clip_layer: int({ default: -1, min: -24, max: -1, step: 1 }) },
  outputs: ['CLIP'],
  execute: ({ clip, stop_at_clip_layer: lastLayer }) =>
    Promise.resolve({ outputs: [{ type: 'CLIP', value: { ...clip, lastLayer } }] }),
});
