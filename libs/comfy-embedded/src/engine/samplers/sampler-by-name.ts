import { sampleDpm2 } from './dpm-2.ts';
import { sampleDpm2Ancestral } from './dpm-2-ancestral.ts';
import { sampleDpmpp2m } from './dpmpp-2m.ts';
import { sampleDpmpp2mSde } from './dpmpp-2m-sde.ts';
import { sampleDpmpp2sAncestral } from './dpmpp-2s-ancestral.ts';
import { sampleDpmpp3mSde } from './dpmpp-3m-sde.ts';
import { sampleDpmppSde } from './dpmpp-sde.ts';
import { sampleEulerAncestral } from './euler-ancestral.ts';
import { sampleEuler } from './euler.ts';
import { sampleHeun } from './heun.ts';
import { sampleLcm } from './lcm.ts';
import type { Sampler } from './sampler.ts';
import { sampleUniPc, sampleUniPcBh2 } from './uni-pc.ts';

/** How the noise of a sampler's steps hangs together: each step by itself, or along one Brownian path. */
type NoiseKind = 'independent' | 'brownian';

interface SamplerEntry {
  readonly sample: Sampler;
  readonly noise: NoiseKind;
  /** Calculates one step more and leaves the last noise level above 0 out: it would be too close to the end. */
  readonly discardsPenultimate: boolean;
}

function entry(sample: Sampler, more: Partial<SamplerEntry> = {}): SamplerEntry {
  return { sample, noise: 'independent', discardsPenultimate: false, ...more };
}

const samplers = {
  euler: entry(sampleEuler),
  euler_ancestral: entry(sampleEulerAncestral),
  heun: entry(sampleHeun),
  dpm_2: entry(sampleDpm2, { discardsPenultimate: true }),
  dpm_2_ancestral: entry(sampleDpm2Ancestral, { discardsPenultimate: true }),
  dpmpp_2s_ancestral: entry(sampleDpmpp2sAncestral),
  dpmpp_sde: entry(sampleDpmppSde, { noise: 'brownian' }),
  dpmpp_2m: entry(sampleDpmpp2m),
  dpmpp_2m_sde: entry(sampleDpmpp2mSde, { noise: 'brownian' }),
  dpmpp_3m_sde: entry(sampleDpmpp3mSde, { noise: 'brownian' }),
  lcm: entry(sampleLcm),
  // DDIM without noise of its own is Euler's method in σ.
  ddim: entry(sampleEuler),
  uni_pc: entry(sampleUniPc, { discardsPenultimate: true }),
  uni_pc_bh2: entry(sampleUniPcBh2, { discardsPenultimate: true }),
} as const satisfies Record<string, SamplerEntry>;

export type SamplerName = keyof typeof samplers;

/** The samplers this engine implements, in ComfyUI's order. */
export const samplerNames = Object.keys(samplers) as readonly SamplerName[];

export function isSamplerName(name: string): name is SamplerName {
  return Object.hasOwn(samplers, name);
}

/** The sampler behind a name of `samplerNames`. */
export function samplerByName(name: SamplerName): SamplerEntry {
  return samplers[name];
}
