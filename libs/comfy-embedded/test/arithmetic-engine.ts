import { setTimeout as wait } from 'node:timers/promises';
import type {
  AdapterSummary,
  Conditioning,
  EncodeRequest,
  ImageBatch,
  Latent,
  PixelEngine,
} from '../src/engine/pixel-engine.ts';

/** How the arithmetic engine behaves. */
export interface ArithmeticEngineOptions {
  /** Pause before each step, milliseconds. */
  readonly stepMs?: number;
  /** Makes `decode` fail with this error. */
  readonly decodeError?: Error;
}

const vocabulary = new Set(['a', 'red', 'blue', 'bird', 'sword']);

/**
 * A `PixelEngine` without a model: pictures are arithmetic on prompt, seed and size, so tests can predict them. It is a
 * protocol double and draws nothing worth looking at.
 */
export class ArithmeticEngine implements PixelEngine {
  readonly checkpointName = 'arithmetic.safetensors';
  readonly modelSha256 = '0'.repeat(64);
  readonly samplers = ['euler', 'euler_ancestral', 'dpmpp_2m'] as const;
  readonly schedulers = ['simple', 'karras', 'normal'] as const;
  /** Calls so far, by method. */
  readonly calls = { encodePrompt: 0, sample: 0, decode: 0, close: 0 };
  readonly #options: ArithmeticEngineOptions;

  constructor(options: ArithmeticEngineOptions = {}) {
    this.#options = options;
  }

  readAdapter(path: string): Promise<AdapterSummary> {
    const counts = { unetWeights: 1, textWeights: 1, unmatchedKeys: [], misfits: [] };
    return Promise.resolve({ path, sha256: '1'.repeat(64), ...counts });
  }

  encodePrompt({ text }: EncodeRequest): Promise<Conditioning> {
    this.calls.encodePrompt += 1;
    const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
    const states = Float32Array.from(text, (letter) => letter.charCodeAt(0) / 256);
    const unknownWords = [...new Set(words.filter((word) => !vocabulary.has(word)))];
    return Promise.resolve({ states, tokens: states.length, width: 1, pooled: new Float32Array(1), unknownWords });
  }

  async sample(...[request, options]: Parameters<PixelEngine['sample']>): Promise<Latent> {
    this.calls.sample += 1;
    for (let step = 1; step <= request.steps; step += 1) {
      await wait(this.#options.stepMs ?? 0);
      options?.signal?.throwIfAborted();
      options?.onStep?.(step, request.steps);
    }
    const base = request.positive.states.reduce((sum, value) => sum + value, Number(request.seed % 997n));
    const values = request.latent.values.map((_zero, index) => (base + index) % 1);
    return { ...request.latent, values };
  }

  decode(latent: Latent): Promise<ImageBatch> {
    this.calls.decode += 1;
    if (this.#options.decodeError !== undefined) return Promise.reject(this.#options.decodeError);
    const [height, width] = [latent.height * 8, latent.width * 8];
    const offset = latent.values[0] ?? 0;
    const values = Float32Array.from(
      { length: latent.batch * height * width * 3 },
      (_none, index) => ((index % 255) / 255 + offset) % 1,
    );
    return Promise.resolve({ values, batch: latent.batch, height, width });
  }

  decodePreview(latent: Latent): ImageBatch {
    const [height, width] = [latent.height * 8, latent.width * 8];
    return {
      values: new Float32Array(latent.batch * height * width * 3).fill(0.5),
      batch: latent.batch,
      height,
      width,
    };
  }

  encodeImages({ batch, height, width }: ImageBatch): Promise<Latent> {
    const [rows, columns] = [Math.floor(height / 8), Math.floor(width / 8)];
    return Promise.resolve({
      values: new Float32Array(batch * 4 * rows * columns),
      batch,
      height: rows,
      width: columns,
    });
  }

  close(): Promise<void> {
    this.calls.close += 1;
    return Promise.resolve();
  }
}
