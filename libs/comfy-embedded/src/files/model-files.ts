import { join } from 'node:path';
import type { NamedFiles } from '../nodes/node-files.ts';
import { FolderFiles } from './folder-files.ts';

/** Model folders of ComfyUI 0.3.64, in its order. */
export const modelFolders: readonly string[] = [
  'checkpoints',
  'configs',
  'loras',
  'vae',
  'text_encoders',
  'diffusion_models',
  'clip_vision',
  'style_models',
  'embeddings',
  'diffusers',
  'vae_approx',
  'controlnet',
  'gligen',
  'upscale_models',
  'custom_nodes',
  'hypernetworks',
  'photomaker',
  'classifiers',
  'model_patches',
  'audio_encoders',
];

/** Formats that hold weights and nothing to run; ComfyUI also lists pickles. */
const weightEndings = ['.safetensors', '.sft'];
const nothing: NamedFiles = { names: () => [], path: () => undefined };

/** The weights below a directory of models, by model folder. */
export class ModelFiles {
  readonly #directory: string | undefined;

  /** @param directory - Absolute; undefined: there are none. */
  constructor(directory: string | undefined) {
    this.#directory = directory;
  }

  /** The files of a model folder. */
  folder(name: string): NamedFiles {
    if (this.#directory === undefined || !modelFolders.includes(name)) return nothing;
    return new FolderFiles(join(this.#directory, name), weightEndings);
  }
}
