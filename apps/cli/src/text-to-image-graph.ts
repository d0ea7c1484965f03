import type { WorkflowGraph } from '@dgx-pixels/comfy-client';

export interface TextToImage {
  readonly checkpoint: string;
  readonly prompt: string;
  readonly negative: string;
  readonly seed: bigint;
  readonly steps: number;
  readonly cfg: number;
  readonly sampler: string;
  readonly scheduler: string;
  readonly width: number;
  readonly height: number;
  readonly batch: number;
}

/** The seven-node SDXL text-to-image workflow in ComfyUI's API format. */
export function textToImageGraph(settings: TextToImage): WorkflowGraph {
  return {
    '1': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: settings.checkpoint } },
    '2': { class_type: 'CLIPTextEncode', inputs: { clip: ['1', 1], text: settings.prompt } },
    '3': { class_type: 'CLIPTextEncode', inputs: { clip: ['1', 1], text: settings.negative } },
    '4': {
      class_type: 'EmptyLatentImage',
      inputs: { width: settings.width, height: settings.height, batch_size: settings.batch },
    },
    '5': {
      class_type: 'KSampler',
      inputs: {
        model: ['1', 0],
        positive: ['2', 0],
        negative: ['3', 0],
        latent_image: ['4', 0],
        seed: settings.seed,
        steps: settings.steps,
        cfg: settings.cfg,
        sampler_name: settings.sampler,
        scheduler: settings.scheduler,
        denoise: 1,
      },
    },
    '6': { class_type: 'VAEDecode', inputs: { samples: ['5', 0], vae: ['1', 2] } },
    '7': { class_type: 'SaveImage', inputs: { images: ['6', 0], filename_prefix: 'dgx-pixels' } },
  };
}
