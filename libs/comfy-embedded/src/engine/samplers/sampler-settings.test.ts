import { describe, expect, it } from 'vitest';
import { goldenCuts, goldenSamplerEnds, largestDifference } from '../../../test/engine/golden.ts';
import { countedNoise, toyDenoise } from '../../../test/engine/toy-denoiser.ts';
import { scaledLinearSchedule } from '../noise-schedule.ts';
import { calculateSigmas, isSchedulerName } from '../schedulers/calculate-sigmas.ts';
import { cutSigmas } from '../schedulers/cut-sigmas.ts';
import { isSamplerName, samplerByName } from './sampler-by-name.ts';

const schedule = scaledLinearSchedule({ betaStart: 0.00085, betaEnd: 0.012, trainTimesteps: 1000 });

interface Setting {
  readonly sampler: string;
  readonly scheduler: string;
  readonly steps: number;
  readonly denoise: number;
}

function samplerNamed(sampler: string) {
  if (!isSamplerName(sampler)) throw new Error(`fixture names an unknown sampler ${sampler}`);
  return samplerByName(sampler);
}

function sigmasOf({ sampler, scheduler, steps, denoise }: Setting): Float32Array {
  if (!isSchedulerName(scheduler)) throw new Error(`fixture names an unknown scheduler ${scheduler}`);
  const { discardsPenultimate } = samplerNamed(sampler);
  return calculateSigmas(schedule, scheduler, steps, { denoise, discardsPenultimate });
}

/** Runs a sampler as the recordings were made; the first values of where it ends. */
async function endOf(sampler: string, sigmas: Float32Array, length: number): Promise<Float64Array> {
  const scale = Math.sqrt(1 + (sigmas[0] ?? 0) ** 2);
  const end = await samplerNamed(sampler).sample({
    x: Float64Array.from({ length: 16 }, (_, k) => Math.sin(1.3 * k) * scale),
    sigmas,
    denoise: toyDenoise,
    stepNoise: countedNoise(16),
  });
  return end.subarray(0, length);
}

/**
 * Over the whole range in one ancestral step σ_down is a difference of nearly equal float32 values. PyTorch 2.13's square
 * root is then one bit off, which shows in a sampler that takes ln σ_down.
 */
function toleranceOf({ sampler, steps }: Setting): number {
  return sampler === 'dpmpp_2s_ancestral' && steps === 2 ? 1e-3 : 1e-5;
}

describe('samplers over many settings', () => {
  it.each(goldenSamplerEnds)(
    '$sampler/$scheduler with $steps steps and denoise $denoise ends where ComfyUI does',
    async ({ final, ...setting }) => {
      const end = await endOf(setting.sampler, sigmasOf(setting), final.length);
      expect(largestDifference(end, final)).toBeLessThan(toleranceOf(setting));
    },
  );

  it.each(goldenCuts)(
    '$sampler, steps $startStep to $endStep of 8 at denoise $denoise, full denoise $forceFullDenoise: ends where ComfyUI does',
    async ({ sampler, denoise, sigmas, final, ...range }) => {
      const whole = sigmasOf({ sampler, scheduler: 'karras', steps: 8, denoise });
      const cut = cutSigmas(whole, range);
      if (sigmas === null || final === null) {
        expect(cut.length).toBeLessThan(2);
        return;
      }
      expect(largestDifference(cut, sigmas)).toBeLessThan(2e-6);
      expect(largestDifference(await endOf(sampler, cut, final.length), final)).toBeLessThan(1e-5);
    },
  );
});
