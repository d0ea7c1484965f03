import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { DecodeRows } from './decode-latent.ts';
import type { EncodeRows } from './encode-images.ts';
import { floatsOf } from './floats-of.ts';
import { latentChannels } from './latent-cells.ts';

/** The VAE's decoder. */
export function decoderOf(session: InferenceSession): DecodeRows {
  return async (values, rows, height, width) => {
    const latent = new Tensor('float32', values, [rows, latentChannels, height, width]);
    return floatsOf(await session.run({ latent }), 'image');
  };
}

/** The VAE's encoder. */
export function encoderOf(session: InferenceSession): EncodeRows {
  return async (values, rows, height, width) => {
    const image = new Tensor('float32', values, [rows, 3, height, width]);
    return floatsOf(await session.run({ image }), 'latent');
  };
}
