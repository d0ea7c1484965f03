import { sampleDpmpp2m } from './dpmpp-2m.ts';
import { sampleEulerAncestral } from './euler-ancestral.ts';
import { sampleEuler } from './euler.ts';
import type { Sampler } from './sampler.ts';

const samplers = {
  euler: sampleEuler,
  euler_ancestral: sampleEulerAncestral,
  dpmpp_2m: sampleDpmpp2m,
} as const satisfies Record<string, Sampler>;

export type SamplerName = keyof typeof samplers;

/** The samplers this engine implements, in ComfyUI's order. */
export const samplerNames: readonly SamplerName[] = ['euler', 'euler_ancestral', 'dpmpp_2m'];

export function isSamplerName(name: string): name is SamplerName {
  return Object.hasOwn(samplers, name);
}

/** The sampler behind a name of `samplerNames`. */
export function samplerByName(name: SamplerName): Sampler {
  return samplers[name];
}
