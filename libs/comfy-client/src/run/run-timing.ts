import { checkWhole } from '../client.ts';

/** How patiently a run is watched; milliseconds. */
export interface RunTiming {
  /** First and shortest pause between looks at history. @default 250 */
  readonly pollMinMs: number;
  /** Longest pause. @default 2_000 */
  readonly pollMaxMs: number;
  /**
   * How long a prompt may be in neither queue nor history before it counts as lost. ComfyUI writes history a moment
   * after it reports the success. @default 5_000
   */
  readonly absenceMs: number;
  /** How long the server may be unreachable before the prompt counts as lost. @default 30_000 */
  readonly unreachableMs: number;
  /** How long the last events may come after history already told the end. @default 500 */
  readonly settleMs: number;
  /** Before the first attempt to open a broken event socket again; each further one waits twice as long. @default 500 */
  readonly reconnectMs: number;
  /** A socket that hears nothing for this long is pinged, and given up if the ping is not answered as soon. @default 10_000 */
  readonly heartbeatMs: number;
  /** Longest wait for the server when a prompt is cancelled. @default 5_000 */
  readonly cancelMs: number;
}

const defaults: RunTiming = {
  pollMinMs: 250,
  pollMaxMs: 2_000,
  absenceMs: 5_000,
  unreachableMs: 30_000,
  settleMs: 500,
  reconnectMs: 500,
  heartbeatMs: 10_000,
  cancelMs: 5_000,
};

/**
 * Fills in the defaults.
 *
 * @throws ComfyClientError COMFY_OPTION_INVALID for values that are no whole number from 1 to 2^31 − 1
 */
export function readRunTiming(given: Partial<RunTiming> | undefined): RunTiming {
  for (const [name, value] of Object.entries(given ?? {})) checkWhole(`timing.${name}`, value, 2 ** 31 - 1);
  return { ...defaults, ...given };
}
