import { alignContexts } from './align-contexts.ts';
import { cellSide, latentChannels } from './latent-cells.ts';
import { sigmaToTimestep, type NoiseSchedule } from './noise-schedule.ts';
import type { Conditioning } from './pixel-engine.ts';
import { rowsPerCall } from './rows-per-call.ts';

/** Rows that one UNet call takes; all of a run's calls are prepared once and run at every step. */
export interface UnetRows {
  readonly rows: number;
  /** In latent cells. */
  readonly height: number;
  readonly width: number;
  readonly tokens: number;
  /** float32 `[rows, tokens, contextWidth]` */
  readonly states: Float32Array;
  /** float32 `[rows, pooledWidth]` */
  readonly pooled: Float32Array;
  /** float32 `[rows, 6]`: original height and width, crop top and left, target height and width, in pixels. */
  readonly timeIds: Float32Array;
}

interface UnetCall {
  /** float32 `[rows, 4, height, width]`: write the scaled latents here. */
  readonly sample: Float32Array;
  /** float32, same shape: the predicted noise after `run`. */
  readonly epsilon: Float32Array;
  readonly run: (timestep: number) => Promise<void>;
}

export type PrepareUnet = (rows: UnetRows) => UnetCall;

export interface DenoiserOptions {
  readonly prepareUnet: PrepareUnet;
  readonly schedule: NoiseSchedule;
  readonly positive: Conditioning;
  readonly negative: Conditioning;
  /** Guidance scale; 1 leaves the negative prompt out. */
  readonly cfg: number;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
}

/** Where the prediction for one prompt lies in the output of a call. */
interface Prediction {
  readonly call: UnetCall;
  readonly offset: number;
}

/** Some images of the batch with the calls that serve them. */
interface Share {
  readonly from: number;
  readonly length: number;
  readonly calls: readonly UnetCall[];
  readonly conditional: Prediction;
  readonly unconditional: Prediction | null;
}

const cfgTolerance = 1e-9;

/**
 * The model as samplers see it: (x, σ) → expected clean latent. The UNet predicts noise from x / √(σ² + 1) at the trained
 * timestep nearest to σ; classifier-free guidance (Ho and Salimans 2022) runs both prompts in one call. The returned
 * array is overwritten by the next call.
 */
export function createDenoiser(options: DenoiserOptions): (x: Float32Array, sigma: number) => Promise<Float32Array> {
  const { schedule, cfg, batch, height, width } = options;
  const imageValues = latentChannels * height * width;
  const shares = divide(options, imageValues);
  const denoised = new Float32Array(batch * imageValues);

  return async (x, sigma) => {
    const inputScale = 1 / Math.sqrt(sigma ** 2 + 1);
    const timestep = sigmaToTimestep(schedule, sigma);
    for (const { from, length, calls, conditional, unconditional } of shares) {
      for (const { sample } of calls) {
        for (let i = 0; i < length; i++) sample[i] = (x[from + i] ?? 0) * inputScale;
        if (sample.length > length) sample.copyWithin(length, 0, length);
      }
      for (const call of calls) await call.run(timestep);
      const wanted = conditional.call.epsilon;
      const base = unconditional?.call.epsilon ?? wanted;
      const baseOffset = unconditional?.offset ?? 0;
      const scale = unconditional === null ? 1 : cfg;
      for (let i = 0; i < length; i++) {
        const plain = base[baseOffset + i] ?? 0;
        const guided = plain + ((wanted[i] ?? 0) - plain) * scale;
        denoised[from + i] = (x[from + i] ?? 0) - guided * sigma;
      }
    }
    return denoised;
  };
}

function divide(options: DenoiserOptions, imageValues: number): Share[] {
  const { prepareUnet, positive, negative, cfg, batch, height, width } = options;
  const isGuided = Math.abs(cfg - 1) > cfgTolerance * Math.max(1, Math.abs(cfg));
  const aligned = isGuided ? alignContexts(positive, negative) : null;
  const rowLimit = rowsPerCall(height * width);
  const imagesPerShare = Math.max(1, aligned === null ? rowLimit : Math.floor(rowLimit / 2));
  const prepare = (images: number, prompts: readonly Conditioning[]): UnetCall =>
    prepareUnet({
      rows: images * prompts.length,
      height,
      width,
      tokens: prompts[0]?.tokens ?? 0,
      states: repeatEach(
        prompts.map(({ states }) => states),
        images,
      ),
      pooled: repeatEach(
        prompts.map(({ pooled }) => pooled),
        images,
      ),
      timeIds: repeatEach(
        prompts.map((prompt) => timeIdsOf(prompt, height, width)),
        images,
      ),
    });

  const shares: Share[] = [];
  for (let first = 0; first < batch; first += imagesPerShare) {
    const images = Math.min(imagesPerShare, batch - first);
    const bounds = { from: first * imageValues, length: images * imageValues };
    if (aligned !== null) {
      const call = prepare(images, [aligned.positive, aligned.negative]);
      const unconditional = { call, offset: bounds.length };
      shares.push({ ...bounds, calls: [call], conditional: { call, offset: 0 }, unconditional });
      continue;
    }
    const call = prepare(images, [positive]);
    const other = isGuided ? prepare(images, [negative]) : null;
    const calls = other === null ? [call] : [call, other];
    const unconditional = other === null ? null : { call: other, offset: 0 };
    shares.push({ ...bounds, calls, conditional: { call, offset: 0 }, unconditional });
  }
  return shares;
}

/** SDXL's micro-conditioning; a prompt that says nothing of it means the whole picture in its own size. */
function timeIdsOf({ sizes }: Conditioning, height: number, width: number): Float32Array {
  const [ownHeight, ownWidth] = [height * cellSide, width * cellSide];
  return sizes === undefined
    ? Float32Array.of(ownHeight, ownWidth, 0, 0, ownHeight, ownWidth)
    : Float32Array.of(sizes.height, sizes.width, sizes.cropTop, sizes.cropLeft, sizes.targetHeight, sizes.targetWidth);
}

/** Each of `parts` `times` times in a row, all in one array. */
function repeatEach(parts: readonly Float32Array[], times: number): Float32Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const repeated = new Float32Array(length * times);
  let at = 0;
  for (const part of parts) {
    for (let i = 0; i < times; i++, at += part.length) repeated.set(part, at);
  }
  return repeated;
}
