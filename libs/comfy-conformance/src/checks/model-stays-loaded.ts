import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { modelGraph, sampledSide } from '../model-run.ts';
import { begunNodes, runToSuccess } from '../prompt-run.ts';
import { withoutOption } from '../without-option.ts';

/** With another seed, the loader and the text are cached. */
export const modelStaysLoaded: ConformanceCheck = {
  id: 'model-stays-loaded',
  area: 'sampling',
  statement: 'With another seed, the loader and the text are cached',
  async run(context) {
    withoutOption(context, '--cache-none');
    const socket = await context.openSocket();
    const timeoutMs = context.target.modelPatienceMs;
    await runToSuccess(context, await modelGraph(context, { steps: 1, side: sampledSide }), { socket, timeoutMs });
    const { events } = await runToSuccess(context, await modelGraph(context, { steps: 1, side: sampledSide }), {
      socket,
      timeoutMs,
    });
    return compare(['sampled', 'decoded', 'shown'], begunNodes(events));
  },
};
