import type { Workstream } from '@dgx-pixels/evidence';
import { GateError } from './errors.ts';

/** Gates that can be judged, with the workstreams whose records they open. */
export const gates = { m0: ['foundation'], m1: ['ws-04', 'ws-05'], m3: ['ws-06', 'ws-07'] } as const satisfies Record<
  string,
  Workstream[]
>;
/** Name of a gate. */
export type GateName = keyof typeof gates;

/** Profiles with a policy of their own; `gb10` says whether a verdict under it speaks about a DGX Spark. */
export const profiles = {
  embedded: { gb10: false },
  comfyui: { gb10: false },
  'gb10-fast': { gb10: true },
  'gb10-full': { gb10: true },
} as const;
/** Name of a profile that can be judged. */
export type ProfileName = keyof typeof profiles;

/** Which target of which project measures a workstream anew. */
export const measurements: Record<Workstream, { project: string; title: string }> = {
  foundation: { project: 'host-telemetry', title: 'WS-01: Hardware Baselines' },
  'ws-04': { project: 'comfy-host', title: 'WS-04: ComfyUI Setup' },
  'ws-05': { project: 'sdxl-bench', title: 'WS-05: SDXL Optimization' },
  'ws-06': { project: 'lora-trainer', title: 'WS-06: LoRA Training' },
  'ws-07': { project: 'dataset-tools', title: 'WS-07: Dataset Tools' },
};

/** The command that measures a workstream anew, past the task cache, which would bring the same files back. */
export function measureCommand(workstream: Workstream, profile: string): string {
  return `npx nx run ${measurements[workstream].project}:${workstream}:${profile} --skip-nx-cache`;
}

/** Name of a gate. @throws GateError GATE_UNKNOWN */
export function parseGateName(name: string): GateName {
  if (Object.hasOwn(gates, name)) return name as GateName;
  throw new GateError('GATE_UNKNOWN', `Gate "${name.slice(0, 60)}" is not known`, { details: { name } });
}

/** Name of a profile. @throws GateError GATE_PROFILE_UNKNOWN */
export function parseProfileName(name: string): ProfileName {
  if (name === 'embedded' || name === 'comfyui' || name === 'gb10-fast' || name === 'gb10-full') return name;
  throw new GateError('GATE_PROFILE_UNKNOWN', `Profile "${name.slice(0, 60)}" is not known`, { details: { name } });
}
