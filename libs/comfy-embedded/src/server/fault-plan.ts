import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { ValidNode } from '../graph/validate-prompt.ts';

const delay = z.number().int().nonnegative().max(600_000).default(0);

/** Faults that a server has on purpose, so that tests of clients meet them. */
export const faultSchema = z.strictObject({
  /** Milliseconds before a checkpoint loader answers. Like the real one it cannot be interrupted meanwhile. */
  loadDelayMs: delay,
  /** A node, by id or class, at which memory is exhausted. */
  outOfMemoryAt: z.string().optional(),
  /** A node, by id or class, at which the server dies: no answer, no event, nothing in history. */
  crashAt: z.string().optional(),
  /** Milliseconds between the end of a prompt and its entry in history. */
  historyDelayMs: delay,
});

/** Faults in force. */
export type FaultPlan = z.output<typeof faultSchema>;

function isAt(place: string | undefined, { id, nodeClass }: ValidNode): boolean {
  return place !== undefined && (place === id || place === nodeClass.classType);
}

/**
 * Makes the faults of a plan happen at a node that is about to run.
 *
 * @param crash - Ends the server.
 * @throws Error if memory is exhausted or the server died.
 */
export async function sufferFaults(plan: FaultPlan, node: ValidNode, crash: () => void): Promise<void> {
  if (plan.loadDelayMs > 0 && node.nodeClass.classType.startsWith('CheckpointLoader')) await wait(plan.loadDelayMs);
  if (isAt(plan.outOfMemoryAt, node)) throw new Error('Allocation on device: out of memory, as the fault plan has it');
  if (!isAt(plan.crashAt, node)) return;
  crash();
  throw new Error('the server died, as the fault plan has it');
}
