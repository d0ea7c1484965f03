import { readFileSync } from 'node:fs';
import { z } from 'zod';

const numbers = z.array(z.number());

function read<T>(name: string, schema: z.ZodType<T>): T {
  const url = new URL(`../fixtures/golden/${name}.json`, import.meta.url);
  return schema.parse(JSON.parse(readFileSync(url, 'utf8')));
}

const trajectory = z.object({ x0: numbers, x_before_each_step: z.array(numbers), final: numbers });

export const goldenSigmas = read(
  'sigmas',
  z.object({
    sigma_min: z.number(),
    sigma_max: z.number(),
    steps: z.record(z.string(), z.record(z.string(), numbers)),
    denoise: z.record(z.string(), numbers),
    timesteps: z.array(z.tuple([z.number(), z.number()])),
  }),
);

export const goldenTrajectories = Object.entries(
  read('trajectories', z.object({ note: z.string() }).catchall(trajectory)),
).flatMap(([key, value]) => (typeof value === 'string' ? [] : [{ key, ...value }]));

export const goldenNoise = read(
  'noise',
  z.object({
    cases: z.array(z.object({ seed: z.string(), shape: numbers, values: numbers, second: numbers.optional() })),
  }),
).cases;

export const goldenPromptWeights = read(
  'prompt-weights',
  z.record(z.string(), z.array(z.tuple([z.string(), z.number()]))),
);

export const goldenPromptSections = read(
  'prompt-sections',
  z.object({
    words: z.array(z.string()),
    cases: z.array(
      z.object({
        text: z.string(),
        sections: z.array(z.object({ ids: numbers, weights: z.array(z.string()) })),
        states: numbers.nullable(),
        pooled: numbers,
      }),
    ),
  }),
);

/** Largest distance between two rows of numbers; Infinity when their lengths differ. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] ?? NaN) - (b[i] ?? NaN));
    largest = difference <= largest ? largest : difference;
  }
  return largest;
}

/** diffusers' layer name → SGM's, for a UNet of the bundled model's layout. */
export const goldenUnetNames = read('unet-names', z.record(z.string(), z.string()));

const draw = z.object({ values: numbers });

/** NumPy's `SeedSequence`; torchsde's Brownian tree on spans of paths; ComfyUI's noise of steps over `sigmas`. */
export const goldenBrownian = read(
  'brownian',
  z.object({
    seedSequence: z.array(z.object({ entropy: z.string(), spawnKey: numbers, poolSize: z.number(), words: numbers })),
    paths: z.array(
      z.object({
        start: z.number(),
        end: z.number(),
        seed: z.string(),
        count: z.number(),
        increments: z.array(draw.extend({ from: z.number(), to: z.number() })),
      }),
    ),
    noise: z.array(
      z.object({
        seed: z.string(),
        sigmas: numbers,
        draws: z.array(draw.extend({ sigma: z.number(), next: z.number() })),
      }),
    ),
  }),
);

const settings = read(
  'sampler-settings',
  z.object({
    ends: z.record(z.string(), numbers),
    sigmas: z.record(z.string(), numbers),
    cuts: z.array(
      z.object({
        sampler: z.string(),
        startStep: z.number(),
        endStep: z.number(),
        forceFullDenoise: z.boolean(),
        denoise: z.number(),
        sigmas: numbers.nullable(),
        final: numbers.nullable(),
      }),
    ),
  }),
);

/** Where samplers end, over many settings; see the file's note. */
export const goldenSamplerEnds = Object.entries(settings.ends).map(([key, final]) => {
  const [sampler = '', scheduler = '', steps, denoise] = key.split('/');
  return { sampler, scheduler, steps: Number(steps), denoise: Number(denoise), final };
});

/** Noise levels of further numbers of steps. */
export const goldenSettingSigmas = Object.entries(settings.sigmas).map(([key, sigmas]) => {
  const [scheduler = '', steps] = key.split('/');
  return { scheduler, steps: Number(steps), sigmas };
});

/** Parts of a run of 8 steps, as KSamplerAdvanced cuts them. */
export const goldenCuts = settings.cuts;
