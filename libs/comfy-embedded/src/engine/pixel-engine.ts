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
}

/** What KSampler asks of the engine. */
export interface SampleRequest {
  readonly positive: Conditioning;
  readonly negative: Conditioning;
  readonly latent: Latent;
  /** 0 … 2^64 − 1, as PyTorch's generator takes it. */
  readonly seed: bigint;
  readonly steps: number;
  /** Guidance scale; 1 skips the unconditional half. */
  readonly cfg: number;
  readonly sampler: string;
  readonly scheduler: string;
  /** 0 … 1; 1 starts from pure noise. */
  readonly denoise: number;
}

/** Called after each finished denoising step. */
export type StepListener = (step: number, totalSteps: number) => void;

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
  encodePrompt(text: string, options?: CallOptions): Promise<Conditioning>;
  sample(
    request: SampleRequest,
    options?: CallOptions & { readonly onStep?: StepListener | undefined },
  ): Promise<Latent>;
  decode(latent: Latent, options?: CallOptions): Promise<ImageBatch>;
  /** Ends the worker thread and frees its memory. Calls still under way reject. */
  close(): Promise<void>;
}
