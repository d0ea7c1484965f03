import { EngineError } from './engine-errors.ts';
import { engineLimits } from './engine-limits.ts';
import { cellSide, latentChannels } from './latent-cells.ts';
import type { Conditioning, Latent, SampleRequest } from './pixel-engine.ts';
import { isSamplerName, samplerNames } from './samplers/sampler-by-name.ts';
import { isSchedulerName, schedulerNames } from './schedulers/calculate-sigmas.ts';

/** Throws ENGINE_REQUEST_INVALID with every fault of a sampling request in one message. */
export function checkSampleRequest(request: SampleRequest): void {
  const { steps, cfg, denoise, seed, sampler, scheduler } = request;
  const faults = [
    ...latentFaults(request.latent),
    ...conditioningFaults('positive', request.positive),
    ...conditioningFaults('negative', request.negative),
  ];
  if (!isCount(steps, engineLimits.maxSteps)) faults.push(`steps is ${steps}, expected 1 … ${engineLimits.maxSteps}`);
  if (!(Math.abs(cfg) <= engineLimits.maxCfg)) {
    faults.push(`cfg is ${cfg}, expected ${-engineLimits.maxCfg} … ${engineLimits.maxCfg}`);
  }
  if (!(denoise >= 0 && denoise <= 1)) faults.push(`denoise is ${denoise}, expected 0 … 1`);
  if (seed < 0n || seed >= 2n ** 64n) faults.push(`seed is ${seed.toString()}, expected 0 … 2^64 − 1`);
  if (!isSamplerName(sampler)) faults.push(`sampler is "${sampler}", expected one of ${samplerNames.join(', ')}`);
  if (!isSchedulerName(scheduler)) {
    faults.push(`scheduler is "${scheduler}", expected one of ${schedulerNames.join(', ')}`);
  }
  refuse(faults, { steps, cfg, denoise, seed: seed.toString(), sampler, scheduler });
}

/** Throws ENGINE_REQUEST_INVALID with every fault of a latent in one message. */
export function checkLatent(latent: Latent): void {
  refuse(latentFaults(latent), { batch: latent.batch, height: latent.height, width: latent.width });
}

function refuse(faults: readonly string[], details: Record<string, unknown>): void {
  if (faults.length > 0) throw new EngineError('ENGINE_REQUEST_INVALID', faults.join('; '), { ...details, faults });
}

function latentFaults({ values, batch, height, width }: Latent): string[] {
  const { maxBatch, maxBatchPixels, minImageSide, maxImageSide, maxImagePixels } = engineLimits;
  const size = `${width * cellSide}×${height * cellSide}`;
  if (!isCount(batch, maxBatch)) return [`batch is ${batch}, expected 1 … ${maxBatch}`];
  if (![height, width].every((cells) => isCount(cells, maxImageSide / cellSide) && cells * cellSide >= minImageSide)) {
    return [`image size is ${size}, expected sides of ${minImageSide} … ${maxImageSide} pixels`];
  }
  const pixels = height * width * cellSide ** 2;
  if (pixels > maxImagePixels) return [`image size is ${size}, expected at most ${maxImagePixels} pixels`];
  if (batch * pixels > maxBatchPixels) {
    return [`batch of ${batch} at ${size} has ${batch * pixels} pixels, expected at most ${maxBatchPixels}`];
  }
  const expected = batch * latentChannels * height * width;
  if (values.length !== expected) return [`latent has ${values.length} values, expected ${expected}`];
  return values.every(Number.isFinite) ? [] : ['latent has values that are not finite'];
}

function conditioningFaults(name: string, { states, tokens, width }: Conditioning): string[] {
  const fits = tokens > 0 && states.length === tokens * width;
  return fits ? [] : [`${name} has ${states.length} values, expected ${tokens} tokens × ${width}`];
}

function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}
