import { EngineError } from './engine-errors.ts';
import { engineLimits } from './engine-limits.ts';
import { cellSide, latentChannels } from './latent-cells.ts';
import type { Conditioning, ImageBatch, Latent, SampleRequest } from './pixel-engine.ts';
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
  for (const name of ['startStep', 'endStep'] as const) {
    const step = request[name] ?? 0;
    if (!Number.isInteger(step) || step < 0) faults.push(`${name} is ${step}, expected a whole number from 0`);
  }
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

/** Throws ENGINE_REQUEST_INVALID with every fault of a batch of images in one message. */
export function checkImages({ values, batch, height, width }: ImageBatch): void {
  const [rows, columns] = [Math.floor(height / cellSide), Math.floor(width / cellSide)];
  const faults = sizeFaults({ batch, height: rows, width: columns });
  const expected = batch * height * width * 3;
  if (values.length !== expected) faults.push(`the images have ${values.length} values, expected ${expected}`);
  else if (!values.every(Number.isFinite)) faults.push('the images have values that are not finite');
  refuse(faults, { batch, height, width });
}

function refuse(faults: readonly string[], details: Record<string, unknown>): void {
  if (faults.length > 0) throw new EngineError('ENGINE_REQUEST_INVALID', faults.join('; '), { ...details, faults });
}

function latentFaults(latent: Latent): string[] {
  const { values, batch, height, width } = latent;
  const faults = sizeFaults(latent);
  if (faults.length > 0) return faults;
  const expected = batch * latentChannels * height * width;
  if (values.length !== expected) return [`latent has ${values.length} values, expected ${expected}`];
  return values.every(Number.isFinite) ? [] : ['latent has values that are not finite'];
}

/** Faults of a batch's size; sides in latent cells. */
function sizeFaults({ batch, height, width }: Pick<Latent, 'batch' | 'height' | 'width'>): string[] {
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
  return [];
}

function conditioningFaults(name: string, { states, tokens, width }: Conditioning): string[] {
  const fits = tokens > 0 && states.length === tokens * width;
  return fits ? [] : [`${name} has ${states.length} values, expected ${tokens} tokens × ${width}`];
}

function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max;
}
