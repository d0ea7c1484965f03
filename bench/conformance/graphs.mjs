// @ts-check
/**
 * Graphs that both servers run. `tolerance` is the largest difference that a channel of their pictures may have, in levels
 * of 8 bits: 0 where nodes move pixels, 1 where they weigh them; null for pictures that a model draws, which are compared
 * by number and size only.
 *
 * @typedef {{ class_type: string, inputs: Record<string, unknown> }} Node
 * @typedef {Record<string, Node>} Graph
 * ComfyUI keeps the outputs of a prompt in a Python set, whose order is drawn anew at each start: events of graphs with
 * several outputs are compared in `anyOrder`.
 *
 * @typedef {{ name: string, tolerance: 0 | 1 | null, anyOrder?: boolean, graph: Graph }} ComparedGraph
 */

/** @param {string} class_type @param {Record<string, unknown>} [inputs] @returns {Node} */
const node = (class_type, inputs = {}) => ({ class_type, inputs });
/** @param {string} id @param {number} [slot] */
const from = (id, slot = 0) => [id, slot];

/** Files that the graphs load; the comparison uploads them to both servers. */
export const inputFiles = {
  colour: 'conformance-rgb.png',
  sprite: 'conformance-rgba.png',
  photograph: 'conformance-turned.jpg',
  webp: 'conformance-rgba.webp',
};
/** The adapter in both servers' folder of LoRA files. */
export const adapterFile = 'conformance.safetensors';

/** Text to image at 64², small enough for a server without GPU. @param {Record<string, unknown>} [sampler] @returns {Graph} */
function textToImage(sampler = {}) {
  return {
    1: node('CheckpointLoaderSimple', { ckpt_name: 'pixel-sprites.safetensors' }),
    2: node('CLIPTextEncode', { text: 'a red bird', clip: from('1', 1) }),
    3: node('CLIPTextEncode', { text: '', clip: from('1', 1) }),
    4: node('EmptyLatentImage', { width: 64, height: 64, batch_size: 1 }),
    5: node('KSampler', {
      model: from('1'),
      seed: 7,
      steps: 2,
      cfg: 5,
      sampler_name: 'euler',
      scheduler: 'normal',
      positive: from('2'),
      negative: from('3'),
      latent_image: from('4'),
      denoise: 1,
      ...sampler,
    }),
    6: node('VAEDecode', { samples: from('5'), vae: from('1', 2) }),
    7: node('SaveImage', { images: from('6'), filename_prefix: 'conformance' }),
  };
}

/** @param {Graph} graph @param {string} id @param {Record<string, unknown>} inputs @returns {Graph} */
function withInputs(graph, id, inputs) {
  const old = graph[id] ?? node('');
  return { ...graph, [id]: { ...old, inputs: { ...old.inputs, ...inputs } } };
}

/** @param {string} sampler_name @param {string} scheduler @param {Record<string, unknown>} [more] */
const sampled = (sampler_name, scheduler, more = {}) => ({
  name: `${sampler_name} with ${scheduler}`,
  tolerance: null,
  graph: textToImage({ sampler_name, scheduler, steps: 3, ...more }),
});

/** @param {string} name @param {Graph} graph @returns {ComparedGraph} */
const model = (name, graph) => ({ name, tolerance: null, graph });
/** @param {string} name @param {Graph} graph @returns {ComparedGraph} */
const exact = (name, graph) => ({ name, tolerance: 0, graph });
/** @param {string} name @param {Graph} graph @returns {ComparedGraph} */
const weighed = (name, graph) => ({ name, tolerance: 1, graph });

/** A picture that one node makes of a loaded file. @param {Node} change @returns {Graph} */
const changed = (change) => ({
  1: node('LoadImage', { image: inputFiles.colour }),
  2: change,
  3: node('SaveImage', { images: from('2'), filename_prefix: 'changed' }),
});

/** @param {string} upscale_method @param {number} width @param {number} height @param {string} [crop] */
const scaled = (upscale_method, width, height, crop = 'disabled') =>
  (['nearest-exact', 'lanczos'].includes(upscale_method) ? exact : weighed)(
    `ImageScale ${upscale_method} to ${width}×${height}${crop === 'center' ? ', cropped' : ''}`,
    changed(node('ImageScale', { image: from('1'), upscale_method, width, height, crop })),
  );

const base = textToImage();
const encoded = {
  ...textToImage({ denoise: 0.5, steps: 4, latent_image: from('9') }),
  8: node('LoadImage', { image: inputFiles.colour }),
  9: node('VAEEncode', { pixels: from('8'), vae: from('1', 2) }),
};
const adapted = { lora_name: adapterFile, strength_model: 0.8 };
const advanced = {
  model: from('1'),
  noise_seed: 7,
  steps: 4,
  cfg: 5,
  sampler_name: 'euler',
  scheduler: 'normal',
  positive: from('2'),
  negative: from('3'),
};

/** @type {readonly ComparedGraph[]} */
export const comparedGraphs = [
  model('text to image', base),
  model('text to image, batch of 2 at 72×56', withInputs(base, '4', { width: 72, height: 56, batch_size: 2 })),
  model('cfg 1', textToImage({ cfg: 1 })),
  model('weighted words', withInputs(base, '2', { text: 'a (red:1.3) [small] bird, ((very)) blue' })),
  model('a prompt of several sections', withInputs(base, '2', { text: Array(120).fill('bird').join(' ') })),
  sampled('euler_ancestral', 'simple'),
  sampled('dpmpp_2m', 'karras'),
  sampled('heun', 'exponential'),
  sampled('dpmpp_2s_ancestral', 'sgm_uniform'),
  sampled('dpmpp_sde', 'karras'),
  sampled('dpmpp_2m_sde', 'exponential'),
  sampled('ddim', 'ddim_uniform'),
  sampled('lcm', 'sgm_uniform', { cfg: 1 }),
  sampled('uni_pc', 'beta'),
  model('KSamplerAdvanced in two stages', {
    ...base,
    5: node('KSamplerAdvanced', {
      ...advanced,
      add_noise: 'enable',
      latent_image: from('4'),
      start_at_step: 0,
      end_at_step: 2,
      return_with_leftover_noise: 'enable',
    }),
    8: node('KSamplerAdvanced', {
      ...advanced,
      add_noise: 'disable',
      latent_image: from('5'),
      start_at_step: 2,
      end_at_step: 10_000,
      return_with_leftover_noise: 'disable',
    }),
    6: node('VAEDecode', { samples: from('8'), vae: from('1', 2) }),
  }),
  model('image to image', encoded),
  model('a second pass over a larger latent', {
    ...base,
    8: node('LatentUpscale', {
      samples: from('5'),
      upscale_method: 'nearest-exact',
      width: 96,
      height: 96,
      crop: 'disabled',
    }),
    9: node('KSampler', { ...base['5']?.inputs, latent_image: from('8'), denoise: 0.5 }),
    6: node('VAEDecode', { samples: from('9'), vae: from('1', 2) }),
  }),
  model('a latent repeated', {
    ...base,
    8: node('RepeatLatentBatch', { samples: from('4'), amount: 3 }),
    5: node('KSampler', { ...base['5']?.inputs, latent_image: from('8') }),
  }),
  model('CLIPTextEncodeSDXL', {
    ...base,
    2: node('CLIPTextEncodeSDXL', {
      clip: from('1', 1),
      width: 128,
      height: 128,
      crop_w: 16,
      crop_h: 8,
      target_width: 64,
      target_height: 64,
      text_g: 'a red bird',
      text_l: 'pixel art',
    }),
  }),
  model('CLIPSetLastLayer', {
    ...base,
    8: node('CLIPSetLastLayer', { clip: from('1', 1), stop_at_clip_layer: -1 }),
    2: node('CLIPTextEncode', { text: 'a red bird', clip: from('8') }),
  }),
  model('LoraLoader', {
    ...base,
    8: node('LoraLoader', { ...adapted, model: from('1'), clip: from('1', 1), strength_clip: 0.5 }),
    2: node('CLIPTextEncode', { text: 'a red bird', clip: from('8', 1) }),
    5: node('KSampler', { ...base['5']?.inputs, model: from('8') }),
  }),
  model('LoraLoaderModelOnly, twice', {
    ...base,
    8: node('LoraLoaderModelOnly', { ...adapted, model: from('1') }),
    9: node('LoraLoaderModelOnly', { ...adapted, strength_model: -0.3, model: from('8') }),
    5: node('KSampler', { ...base['5']?.inputs, model: from('9') }),
  }),
  {
    ...model('two pictures of one model', {
      ...base,
      8: node('KSampler', { ...base['5']?.inputs, seed: 8 }),
      9: node('VAEDecode', { samples: from('8'), vae: from('1', 2) }),
      10: node('PreviewImage', { images: from('9') }),
    }),
    anyOrder: true,
  },
  exact('EmptyImage', {
    1: node('EmptyImage', { width: 40, height: 24, batch_size: 2, color: 0x1e90ff }),
    2: node('SaveImage', { images: from('1'), filename_prefix: 'empty/blue' }),
  }),
  exact('ImageInvert', changed(node('ImageInvert', { image: from('1') }))),
  exact('ImageCrop', changed(node('ImageCrop', { image: from('1'), width: 13, height: 200, x: 5, y: 3 }))),
  exact('LoadImage with an alpha channel', {
    1: node('LoadImage', { image: inputFiles.sprite }),
    2: node('PreviewImage', { images: from('1') }),
  }),
  exact('LoadImage of a JPEG with an orientation', {
    1: node('LoadImage', { image: inputFiles.photograph }),
    2: node('SaveImage', { images: from('1'), filename_prefix: 'photograph' }),
  }),
  exact('LoadImageMask of a WebP', {
    1: node('LoadImageMask', { image: inputFiles.webp, channel: 'alpha' }),
    2: node('MaskToImage', { mask: from('1') }),
    3: node('SaveImage', { images: from('2'), filename_prefix: 'webp' }),
  }),
  weighed('ImageBatch of two sizes', {
    1: node('LoadImage', { image: inputFiles.colour }),
    2: node('EmptyImage', { width: 17, height: 31, batch_size: 1, color: 0xff8000 }),
    3: node('ImageBatch', { image1: from('1'), image2: from('2') }),
    4: node('SaveImage', { images: from('3'), filename_prefix: 'batch' }),
  }),
  scaled('nearest-exact', 77, 50),
  scaled('bilinear', 77, 50),
  scaled('area', 19, 23),
  scaled('bicubic', 77, 50),
  scaled('lanczos', 77, 50),
  scaled('lanczos', 16, 40, 'center'),
  scaled('bilinear', 0, 64),
  exact('SaveImageWebsocket', {
    1: node('LoadImage', { image: inputFiles.colour }),
    2: node('SaveImageWebsocket', { images: from('1') }),
  }),
  exact('primitives', {
    1: node('PrimitiveInt', { value: 33 }),
    2: node('PrimitiveString', { value: 'primitive' }),
    3: node('EmptyImage', { width: from('1'), height: from('1'), batch_size: 1, color: 255 }),
    4: node('SaveImage', { images: from('3'), filename_prefix: from('2') }),
  }),
  exact('one good output and one bad', {
    1: node('EmptyImage', { width: 8, height: 8, batch_size: 1, color: 0 }),
    2: node('SaveImage', { images: from('1'), filename_prefix: 'good' }),
    3: node('EmptyImage', { width: 0, height: 8, batch_size: 1, color: 0 }),
    4: node('PreviewImage', { images: from('3') }),
  }),
  exact('an error in a node', changed(node('ImageCrop', { image: from('1'), width: 8, height: 8, x: 'left', y: 0 }))),
];
