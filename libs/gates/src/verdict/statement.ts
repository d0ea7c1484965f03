import type { GateResult } from '../evaluate.ts';
import { type GateName, type ProfileName, profiles } from '../gate.ts';

const consequences: Record<GateName, string> = {
  m0: 'Model/Interface can proceed',
  m1: 'Backend can integrate',
  m3: 'Custom models ready',
};

const words: Record<GateResult, string> = { pass: 'PASSED', fail: 'FAILED', undecided: 'UNDECIDED' };

/** The last line of a report. Only a profile that judges a DGX Spark leaves out its own name. */
export function gateStatement(gate: GateName, profile: ProfileName, result: GateResult): string {
  const title = `${gate.toUpperCase()} Gate`;
  if (!profiles[profile].gb10) return `${title} (${profile}): ${words[result]} — GB10 not judged`;
  if (result === 'pass') return `${title}: PASSED - ${consequences[gate]}`;
  return `${title} (${profile}): ${words[result]}`;
}
