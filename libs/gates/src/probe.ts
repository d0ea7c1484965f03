import type { GateFacts } from './facts/gate-facts.ts';
import type { Answer } from './finding.ts';
import type { GateName, ProfileName } from './gate.ts';

/** One yes/no question about the evidence. */
export interface Probe {
  /** The statement, true or false, in kebab-case. */
  readonly id: string;
  readonly gates: readonly GateName[];
  /** Profiles under which the question makes sense; under others the answer is `not-applicable`. */
  readonly profiles: readonly ProfileName[];
  /** Why it is asked. */
  readonly motivation: string;
  /** How the answer is found. */
  readonly method: string;
  /** What makes the statement false or open. */
  readonly otherwise: string;
  /** Whether `unmet` means that the evidence was changed after it was written (exit code 6 instead of 3). */
  readonly integrity?: true;
  /** Reads facts only: opens no file, starts nothing. */
  readonly ask: (facts: GateFacts) => readonly Answer[];
}

/** Every profile. */
export const everyProfile: readonly ProfileName[] = ['embedded', 'comfyui', 'gb10-fast', 'gb10-full'];
/** Profiles that speak about a DGX Spark. */
export const gb10Profiles: readonly ProfileName[] = ['gb10-fast', 'gb10-full'];
