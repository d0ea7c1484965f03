import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { modelGraph, sampledSide } from '../model-run.ts';
import { runToSuccess } from '../prompt-run.ts';

/** progress counts the sampler's steps up to their number. */
export const progressCountsTheSteps: ConformanceCheck = {
  id: 'progress-counts-the-steps',
  area: 'sampling',
  statement: "progress counts the sampler's steps up to their number",
  async run(context) {
    const { events } = await runToSuccess(context, await modelGraph(context, { steps: 3, side: sampledSide }), {
      timeoutMs: context.target.modelPatienceMs,
    });
    const told = events
      .filter(({ type }) => type === 'progress')
      .map(({ data }) => [data['node'], data['value'], data['max']]);
    return compare(
      [
        ['sampled', 1, 3],
        ['sampled', 2, 3],
        ['sampled', 3, 3],
      ],
      told,
    );
  },
};
