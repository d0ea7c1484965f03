import { createDenoiser, type PrepareUnet } from './denoiser.ts';
import { EngineError } from './engine-errors.ts';
import { sigmaRange, type NoiseSchedule } from './noise-schedule.ts';
import { startingLatent } from './noise/starting-latent.ts';
import { stepNoise } from './noise/step-noise.ts';
import type { Latent, SampleRequest } from './pixel-engine.ts';
import { isSamplerName, samplerByName } from './samplers/sampler-by-name.ts';
import { calculateSigmas, isSchedulerName } from './schedulers/calculate-sigmas.ts';

/** What sampling needs of a loaded model. */
export interface DiffusionModel {
  readonly prepareUnet: PrepareUnet;
  readonly schedule: NoiseSchedule;
  /** The UNet's latents are the VAE's times this. */
  readonly scalingFactor: number;
}

export interface SampleHooks {
  /** Called before each step; throws to stop. */
  readonly beforeStep: () => void;
  readonly afterStep: (step: number, totalSteps: number) => void;
}

/** One KSampler run from a latent in VAE units to a latent in VAE units. */
export async function sampleLatent(model: DiffusionModel, request: SampleRequest, hooks: SampleHooks): Promise<Latent> {
  const { latent, seed, sampler, scheduler, steps, denoise } = request;
  if (!isSamplerName(sampler) || !isSchedulerName(scheduler)) {
    throw new EngineError('ENGINE_REQUEST_INVALID', `no sampler "${sampler}" with scheduler "${scheduler}"`, {
      sampler,
      scheduler,
    });
  }
  const sigmas = calculateSigmas(model.schedule, scheduler, steps, denoise);
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
  const finished = await samplerByName(sampler)({
    x: startingLatent(model.schedule, scaled, seed, sigmas[0] ?? sigmaRange(model.schedule).max),
    sigmas,
    denoise: async (x, sigma) => {
      hooks.beforeStep();
      return denoiseLatent(x, sigma);
    },
    stepNoise: stepNoise(seed, latent.values.length),
    onStep: (step) => hooks.afterStep(step + 1, totalSteps),
  });
  return { ...latent, values: finished.map((value) => value / model.scalingFactor) };
}
