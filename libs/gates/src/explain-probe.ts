import type { Probe } from './probe.ts';
import { findProbe } from './probe-catalogue.ts';

/** What a probe asks and why. */
export type ProbeExplanation = Pick<Probe, 'id' | 'gates' | 'profiles' | 'motivation' | 'method' | 'otherwise'> & {
  /** The same as plain text for a terminal. */
  readonly text: string;
};

/**
 * Explains a probe by its id.
 *
 * @throws GateError GATE_PROBE_UNKNOWN
 */
export function explainProbe(id: string): ProbeExplanation {
  const { gates, profiles, motivation, method, otherwise } = findProbe(id);
  const text = [
    id,
    `  gates      ${gates.join(', ')}`,
    `  profiles   ${profiles.join(', ')}`,
    `  why        ${motivation}`,
    `  how        ${method}`,
    `  otherwise  ${otherwise}`,
    '',
  ].join('\n');
  return { id, gates, profiles, motivation, method, otherwise, text };
}
