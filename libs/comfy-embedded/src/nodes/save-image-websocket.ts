import { randomUUID } from 'node:crypto';
import { encodePng } from '../png/encode-png.ts';
import { quantiseImage } from '../png/quantise-image.ts';
import { defineNode } from './define-node.ts';
import { socket } from './inputs.ts';

/** As ComfyUI's previews are written. */
const compressionLevel = 1;

/** `SaveImageWebsocket`: sends the images over the client's socket, as previews in full size; no file, no metadata. */
export const saveImageWebsocket = defineNode({
  classType: 'SaveImageWebsocket',
  displayName: 'SaveImageWebsocket',
  description: 'Sends the images to the client as PNG over its WebSocket instead of writing files.',
  category: 'api/image',
  module: 'custom_nodes.websocket_image_save',
  isOutput: true,
  inputs: { images: socket('IMAGE') },
  outputs: [],
  // A client that asks again wants the pictures again.
  fingerprint: () => Promise.resolve(randomUUID()),
  async execute({ images }, { signal, reportProgress }) {
    for (let index = 0; index < images.batch; index += 1) {
      signal.throwIfAborted();
      const bytes = await encodePng(await quantiseImage(images, index), [], compressionLevel);
      reportProgress(index, images.batch, { type: 'image/png', bytes });
    }
    return { outputs: [] };
  },
});
