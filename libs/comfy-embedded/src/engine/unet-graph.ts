import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { PrepareUnet } from './denoiser.ts';
import { latentChannels } from './latent-cells.ts';

/**
 * The UNet as the denoiser runs it: its buffers are made once for all steps, and so are the keys and values of the prompt,
 * which no timestep changes.
 *
 * @param context from a prompt's states to the keys and values that `session` takes, under their names
 */
export function unetOf(context: InferenceSession, session: InferenceSession): PrepareUnet {
  return ({ rows, height, width, tokens, states, pooled, timeIds }) => {
    const shape = [rows, latentChannels, height, width];
    const sample = new Float32Array(rows * latentChannels * height * width);
    const epsilon = new Float32Array(sample.length);
    const timesteps = new Float32Array(rows);
    const feeds = {
      sample: new Tensor('float32', sample, shape),
      timestep: new Tensor('float32', timesteps, [rows]),
      text_embeds: new Tensor('float32', pooled, [rows, pooled.length / rows]),
      time_ids: new Tensor('float32', timeIds, [rows, timeIds.length / rows]),
    };
    const fetches = { eps: new Tensor('float32', epsilon, shape) };
    let keysAndValues: Awaited<ReturnType<InferenceSession['run']>> | undefined;
    return {
      sample,
      epsilon,
      run: async (timestep) => {
        keysAndValues ??= await context.run({
          encoder_hidden_states: new Tensor('float32', states, [rows, tokens, states.length / (rows * tokens)]),
        });
        timesteps.fill(timestep);
        await session.run({ ...feeds, ...keysAndValues }, fetches);
      },
    };
  };
}
