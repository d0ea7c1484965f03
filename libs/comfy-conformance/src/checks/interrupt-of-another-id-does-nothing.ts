import { randomUUID } from 'node:crypto';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { cancelRun, startLongRun, untilProgress } from '../model-run.ts';

/** /interrupt with another id leaves the running prompt alone. */
export const interruptOfAnotherIdDoesNothing: ConformanceCheck = {
  id: 'interrupt-of-another-id-does-nothing',
  area: 'cancel',
  statement: '/interrupt with another id leaves the running prompt alone',
  async run(context) {
    const socket = await context.openSocket();
    const taken = await startLongRun(context, socket);
    const reply = await context.post('/interrupt', { prompt_id: randomUUID() });
    const heard = socket.events.filter(({ type }) => type === 'progress').length;
    await untilProgress(context, socket, taken, heard + 3);
    const interrupted = socket.events.some(({ type }) => type === 'execution_interrupted');
    await cancelRun(context, socket, taken);
    return compare({ status: 200, interrupted: false }, { status: reply.status, interrupted });
  },
};
