import { explainProbe } from '@dgx-pixels/gates';
import { exitCodes } from './exit-codes.ts';
import type { CommandResult } from './output/envelope.ts';

/** What one probe asks, why it matters, and what to do when it is not met. */
export function gateExplain(probe: string): CommandResult {
  const explanation = explainProbe(probe);
  return { exitCode: exitCodes.done, data: explanation, text: explanation.text.trimEnd() };
}
