import { describe, expect, it } from 'vitest';
import { largestDifference } from '../../test/engine/golden.ts';
import { createDenoiser, type DenoiserOptions, type UnetRows } from './denoiser.ts';
import { scaledLinearSchedule, sigmaToTimestep } from './noise-schedule.ts';
import type { Conditioning } from './pixel-engine.ts';

const schedule = scaledLinearSchedule({ betaStart: 0.00085, betaEnd: 0.012, trainTimesteps: 1000 });
const sigma = 2.5;
const timestep = sigmaToTimestep(schedule, sigma);

function prompt(tokens: number, value: number): Conditioning {
  const width = 2;
  return {
    states: new Float32Array(tokens * width).fill(value),
    tokens,
    width,
    pooled: Float32Array.of(value / 10),
    unknownWords: [],
  };
}

/** A UNet whose noise is the sample plus the row's mean state, its pooled value and a thousandth of the timestep. */
function toyUnet() {
  const calls: UnetRows[] = [];
  const prepareUnet: DenoiserOptions['prepareUnet'] = (call) => {
    calls.push(call);
    const rowValues = 4 * call.height * call.width;
    const sample = new Float32Array(call.rows * rowValues);
    const epsilon = new Float32Array(sample.length);
    const run = (t: number) => {
      const stateValues = call.states.length / call.rows;
      for (let row = 0; row < call.rows; row++) {
        const states = call.states.subarray(row * stateValues, (row + 1) * stateValues);
        const mean = states.reduce((sum, value) => sum + value, 0) / stateValues;
        const shift = mean + call.pooled[row]! + t / 1000;
        for (let i = row * rowValues; i < (row + 1) * rowValues; i++) epsilon[i] = sample[i]! + shift;
      }
      return Promise.resolve();
    };
    return { sample, epsilon, run };
  };
  return { calls, prepareUnet };
}

async function denoise(changes: Partial<DenoiserOptions>) {
  const unet = toyUnet();
  const options = { schedule, positive: prompt(3, 1), negative: prompt(3, -1), cfg: 4, batch: 2, height: 2, width: 3 };
  const whole: DenoiserOptions = { ...options, ...changes, prepareUnet: unet.prepareUnet };
  const x = Float32Array.from({ length: whole.batch * 4 * whole.height * whole.width }, (_, i) => Math.sin(i) * 3);
  const denoised = await createDenoiser(whole)(x, sigma);
  const scaled = x.map((value) => value / Math.sqrt(sigma ** 2 + 1));
  const noise = (state: number) => scaled.map((value) => value + state + state / 10 + timestep / 1000);
  const [conditional, unconditional] = [noise(1), noise(-1)];
  const wanted = x.map((value, i) => {
    const plain = unconditional[i]!;
    return value - (plain + (conditional[i]! - plain) * whole.cfg) * sigma;
  });
  return { denoised, wanted, calls: unet.calls };
}

describe('createDenoiser', () => {
  it('guides with both prompts in one call', async () => {
    const { denoised, wanted, calls } = await denoise({});
    expect(largestDifference(denoised, wanted)).toBeLessThan(1e-4);
    expect(calls.map(({ rows, tokens }) => [rows, tokens])).toEqual([[4, 3]]);
  });

  it('runs the positive prompt alone at a guidance scale of 1', async () => {
    const { denoised, wanted, calls } = await denoise({ cfg: 1 });
    expect(largestDifference(denoised, wanted)).toBeLessThan(1e-4);
    expect(calls.map(({ rows }) => rows)).toEqual([2]);
  });

  it('repeats prompts up to a common length', async () => {
    const { denoised, wanted, calls } = await denoise({ positive: prompt(4, 1), negative: prompt(6, -1) });
    expect(largestDifference(denoised, wanted)).toBeLessThan(1e-4);
    expect(calls.map(({ rows, tokens }) => [rows, tokens])).toEqual([[4, 12]]);
  });

  it('runs prompts apart when their lengths fit too badly', async () => {
    const { denoised, wanted, calls } = await denoise({ positive: prompt(7, 1), negative: prompt(5, -1) });
    expect(largestDifference(denoised, wanted)).toBeLessThan(1e-4);
    expect(calls.map(({ rows, tokens }) => [rows, tokens])).toEqual([
      [2, 7],
      [2, 5],
    ]);
  });

  it('splits a batch that one call cannot hold', async () => {
    const { denoised, wanted, calls } = await denoise({ batch: 40 });
    expect(largestDifference(denoised, wanted)).toBeLessThan(1e-4);
    expect(calls.map(({ rows }) => rows)).toEqual([32, 32, 16]);
    expect((await denoise({ batch: 2, height: 128, width: 128 })).calls.map(({ rows }) => rows)).toEqual([2, 2]);
  });
});
