import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { orderOfWaiting } from '../model-run.ts';

/** Waiting prompts run in the order of their arrival. */
export const waitingPromptsRunInOrderOfArrival: ConformanceCheck = {
  id: 'waiting-prompts-run-in-order-of-arrival',
  area: 'queue',
  statement: 'Waiting prompts run in the order of their arrival',
  async run(context) {
    return compare(['first', 'second', 'third'], await orderOfWaiting(context, { first: {}, second: {}, third: {} }));
  },
};
