/** A node of a graph in API form. */
export interface ApiNode {
  class_type: string;
  inputs: Record<string, unknown>;
}

/** What a text-to-image graph may vary. */
export interface TextToImage {
  readonly checkpoint?: string;
  readonly prompt?: string;
  readonly seed?: number | string;
  readonly steps?: number;
  readonly size?: number;
  readonly batch?: number;
  readonly prefix?: string;
}

/** The standard graph: checkpoint → two prompts, empty latent → sampler → decoder → file. Output node: `save`. */
export function textToImageGraph(options: TextToImage = {}): Record<string, ApiNode> {
  const size = options.size ?? 64;
  return {
    loader: {
      class_type: 'CheckpointLoaderSimple',
      inputs: { ckpt_name: options.checkpoint ?? 'arithmetic.safetensors' },
    },
    positive: { class_type: 'CLIPTextEncode', inputs: { text: options.prompt ?? 'a red bird', clip: ['loader', 1] } },
    negative: { class_type: 'CLIPTextEncode', inputs: { text: '', clip: ['loader', 1] } },
    latent: { class_type: 'EmptyLatentImage', inputs: { width: size, height: size, batch_size: options.batch ?? 1 } },
    sampler: {
      class_type: 'KSampler',
      inputs: {
        model: ['loader', 0],
        seed: options.seed ?? 1,
        steps: options.steps ?? 4,
        cfg: 5,
        sampler_name: 'euler',
        scheduler: 'normal',
        positive: ['positive', 0],
        negative: ['negative', 0],
        latent_image: ['latent', 0],
        denoise: 1,
      },
    },
    decoder: { class_type: 'VAEDecode', inputs: { samples: ['sampler', 0], vae: ['loader', 2] } },
    save: { class_type: 'SaveImage', inputs: { images: ['decoder', 0], filename_prefix: options.prefix ?? 'sprite' } },
  };
}
