/** A batch of latents in VAE units (not multiplied by the scaling factor), as ComfyUI's LATENT carries them. */
export interface Latent {
  /** float32, shape `[batch, 4, height, width]`, row-major. */
  readonly values: Float32Array;
  readonly batch: number;
  /** In latent cells: image height / 8. */
  readonly height: number;
  /** In latent cells: image width / 8. */
  readonly width: number;
}

/** A batch of images, as ComfyUI's IMAGE carries them. */
export interface ImageBatch {
  /** float32 in `[0, 1]`, shape `[batch, height, width, 3]`, row-major. */
  readonly values: Float32Array;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
}

/** SDXL's size conditioning, in pixels: what the model is told of a picture besides its prompt. */
export interface ImageSizes {
  /** Of the original picture. */
  readonly width: number;
  readonly height: number;
  /** Left and top edge of the crop in it. */
  readonly cropLeft: number;
  readonly cropTop: number;
  readonly targetWidth: number;
  readonly targetHeight: number;
}

/** An adapter file merged into the model at a strength. */
export interface AdapterUse {
  /** Absolute. */
  readonly path: string;
  /** Lower-case hex, of the file as it was read. */
  readonly sha256: string;
  /** Factor on the adapter's updates; 0 leaves the model as it is. */
  readonly strength: number;
}

/** What of an adapter file fits the model. */
export interface AdapterSummary {
  readonly path: string;
  readonly sha256: string;
  /** Weights of the UNet and of the text encoders that it changes. */
  readonly unetWeights: number;
  readonly textWeights: number;
  /** Keys of the file that name no weight of the model. */
  readonly unmatchedKeys: readonly string[];
  /** Updates of another shape than the weight they name, which are left out: an adapter for another base. */
  readonly misfits: readonly string[];
}

/** A prompt for the text encoders. */
export interface EncodeRequest {
  readonly text: string;
  /** Prompt of the second encoder; `text` when absent. */
  readonly secondText?: string;
  /** ComfyUI's `stop_at_clip_layer`: −1 the last layer, −2 (default) the one before it, lower numbers by its rules. */
  readonly lastLayer?: number;
  readonly adapters?: readonly AdapterUse[];
}

/** One encoded prompt: token states of both text encoders side by side, and the pooled state of the second. */
export interface Conditioning {
  /** float32, shape `[tokens, width]` with `width` = sum of the encoders' widths. */
  readonly states: Float32Array;
  readonly tokens: number;
  readonly width: number;
  /** float32, shape `[pooledWidth]`. */
  readonly pooled: Float32Array;
  /** Words of the prompt that the vocabulary lacks, in order of appearance, lower case, without repetition. */
  readonly unknownWords: readonly string[];
  /** What the model is told of the picture's size; its own size, uncropped, when absent. */
  readonly sizes?: ImageSizes;
}

/** What KSampler and KSamplerAdvanced ask of the engine. */
export interface SampleRequest {
  readonly positive: Conditioning;
  readonly negative: Conditioning;
  readonly latent: Latent;
  /** Merged into the UNet, in this order. */
  readonly adapters?: readonly AdapterUse[];
  /** 0 … 2^64 − 1, as PyTorch's generator takes it. */
  readonly seed: bigint;
  readonly steps: number;
  /** Guidance scale; 1 skips the unconditional half. */
  readonly cfg: number;
  readonly sampler: string;
  readonly scheduler: string;
  /** 0 … 1; 1 starts from pure noise. */
  readonly denoise: number;
  /** Steps of the schedule to leave out at its noisy end; 0 when absent. */
  readonly startStep?: number;
  /** The step of the schedule before which to stop; its end when absent or beyond it. */
  readonly endStep?: number;
  /** False for a latent that brings its noise along; true when absent. */
  readonly addNoise?: boolean;
  /** Lets a run that stops early end without leftover noise; false when absent. */
  readonly forceFullDenoise?: boolean;
  /** Whether each step also shows what the picture will be like; false when absent. */
  readonly previews?: boolean;
}

/**
 * Called after each finished denoising step. `preview` comes where `previews` asked for it: the first image of the batch
 * as the model expects it, one pixel for each latent cell.
 */
export type StepListener = (step: number, totalSteps: number, preview?: ImageBatch) => void;

export interface CallOptions {
  /** Cancels between two denoising steps; the call then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The diffusion engine as the node classes see it. All calls run in a worker thread; none blocks the caller's. */
export interface PixelEngine {
  /** File name under which checkpoint lists show the model. */
  readonly checkpointName: string;
  /** sha256 of the weights file, lower-case hex. */
  readonly modelSha256: string;
  /** Sampler and scheduler names this engine implements, in ComfyUI's order. */
  readonly samplers: readonly string[];
  readonly schedulers: readonly string[];
  /** Reads an adapter file. Its updates are applied where its path and digest are handed over. */
  readAdapter(path: string, options?: CallOptions): Promise<AdapterSummary>;
  encodePrompt(request: EncodeRequest, options?: CallOptions): Promise<Conditioning>;
  sample(
    request: SampleRequest,
    options?: CallOptions & { readonly onStep?: StepListener | undefined },
  ): Promise<Latent>;
  decode(latent: Latent, options?: CallOptions): Promise<ImageBatch>;
  /** Decodes by fitted linear factors: one flat colour for each cell, at once. */
  decodePreview(latent: Latent): ImageBatch;
  encodeImages(images: ImageBatch, options?: CallOptions): Promise<Latent>;
  /** Ends the worker thread and frees its memory. Calls still under way reject. */
  close(): Promise<void>;
}
