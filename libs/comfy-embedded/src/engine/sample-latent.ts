import { createDenoiser, type PrepareUnet } from './denoiser.ts';
import { EngineError } from './engine-errors.ts';
import type { NoiseSchedule } from './noise-schedule.ts';
import { brownianNoise } from './noise/brownian-noise.ts';
import { startingLatent } from './noise/starting-latent.ts';
import { stepNoise } from './noise/step-noise.ts';
import type { Latent, SampleRequest } from './pixel-engine.ts';
import { isSamplerName, samplerByName } from './samplers/sampler-by-name.ts';
import { calculateSigmas, isSchedulerName } from './schedulers/calculate-sigmas.ts';
import { cutSigmas } from './schedulers/cut-sigmas.ts';

/** How a model's noise levels and latents are scaled. */
export interface ModelSchedule {
  readonly schedule: NoiseSchedule;
  /** The UNet's latents are the VAE's times this. */
  readonly scalingFactor: number;
}

/** What sampling needs of a loaded model. */
export interface DiffusionModel extends ModelSchedule {
  readonly prepareUnet: PrepareUnet;
}

export interface SampleHooks {
  /** Called before each step; throws to stop. */
  readonly beforeStep: () => void;
  /** `expected` is the first image of the batch as the model now expects it. */
  readonly afterStep: (step: number, totalSteps: number, expected: Latent) => void;
}

/**
 * One run of KSampler or KSamplerAdvanced from a latent in VAE units to a latent in VAE units. A range without steps gives
 * the latent back as it came.
 */
export async function sampleLatent(model: DiffusionModel, request: SampleRequest, hooks: SampleHooks): Promise<Latent> {
  const { latent, seed, sampler, scheduler, steps, denoise, addNoise = true } = request;
  if (!isSamplerName(sampler) || !isSchedulerName(scheduler)) {
    throw new EngineError('ENGINE_REQUEST_INVALID', `no sampler "${sampler}" with scheduler "${scheduler}"`, {
      sampler,
      scheduler,
    });
  }
  const { sample, noise, discardsPenultimate } = samplerByName(sampler);
  const whole = calculateSigmas(model.schedule, scheduler, steps, { denoise, discardsPenultimate });
  const sigmas = cutSigmas(whole, request);
  const totalSteps = sigmas.length - 1;
  if (totalSteps < 1) return { ...latent, values: latent.values.slice() };

  const denoiseLatent = createDenoiser({
    ...request,
    ...model,
    batch: latent.batch,
    height: latent.height,
    width: latent.width,
  });
  const scaled = latent.values.map((value) => value * model.scalingFactor);
  const count = latent.values.length;
  const finished = await sample({
    x: addNoise ? startingLatent(model.schedule, scaled, seed, sigmas[0] ?? 0) : scaled,
    sigmas,
    denoise: async (x, sigma) => {
      hooks.beforeStep();
      return denoiseLatent(x, sigma);
    },
    stepNoise: noise === 'brownian' ? brownianNoise(sigmas, seed, count) : stepNoise(seed, count),
    onStep: (step, _, denoised) => {
      const values = denoised.slice(0, count / latent.batch).map((value) => value / model.scalingFactor);
      hooks.afterStep(step + 1, totalSteps, { ...latent, values, batch: 1 });
    },
  });
  return { ...latent, values: finished.map((value) => value / model.scalingFactor) };
}
