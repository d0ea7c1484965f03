// @ts-check
// Prompts of many nodes, sound and faulty, that cost a server most.

/** @typedef {Record<string, { class_type: string, inputs: Record<string, unknown> }>} Graph */

/** @param {unknown} latent_image @param {number} seed @param {string} positive */
function sampler(latent_image, seed, positive) {
  const settings = { steps: 1, cfg: 5, sampler_name: 'euler', scheduler: 'normal', denoise: 1 };
  const links = { model: ['loader', 0], positive: [positive, 0], negative: ['text', 0], latent_image };
  return { class_type: 'KSampler', inputs: { seed, ...settings, ...links } };
}

/** @returns {Graph} */
function sources() {
  return {
    loader: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'none.safetensors' } },
    text: { class_type: 'CLIPTextEncode', inputs: { text: 'a', clip: ['loader', 1] } },
    twin: { class_type: 'CLIPTextEncode', inputs: { text: 'a', clip: ['loader', 1] } },
    latent: { class_type: 'EmptyLatentImage', inputs: { width: 16, height: 16, batch_size: 1 } },
  };
}

/**
 * A chain of samplers with some outputs at its end.
 *
 * @param {number} nodes In all.
 * @param {{ outputs?: number, seed?: (index: number) => number, positive?: (index: number) => string }} [shape]
 * @returns {Graph}
 */
function chain(nodes, { outputs = 1, seed = (index) => index, positive = () => 'text' } = {}) {
  const graph = sources();
  const length = nodes - Object.keys(graph).length - 1 - outputs;
  for (let index = 0; index < length; index++) {
    graph[`s${index}`] = sampler(index === 0 ? ['latent', 0] : [`s${index - 1}`, 0], seed(index), positive(index));
  }
  graph['decoder'] = { class_type: 'VAEDecode', inputs: { samples: [`s${length - 1}`, 0], vae: ['loader', 2] } };
  for (let index = 0; index < outputs; index++) {
    graph[`o${index}`] = { class_type: 'PreviewImage', inputs: { images: ['decoder', 0] } };
  }
  return graph;
}

/** @param {number} nodes @returns {Readonly<Record<string, Graph>>} */
export function largeGraphs(nodes) {
  return {
    'deep chain': chain(nodes),
    'deep chain below twins': chain(nodes, { positive: (index) => (index % 2 === 0 ? 'text' : 'twin') }),
    'many outputs': chain(nodes, { outputs: nodes - 6 }),
    'deep chain of faults': chain(nodes, { seed: () => -1 }),
    'half faults, half outputs': chain(nodes, { outputs: nodes >> 1, seed: () => -1 }),
  };
}
