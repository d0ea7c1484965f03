import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { modelGraph, sampledSide } from '../model-run.ts';
import { picturesOf, runToSuccess } from '../prompt-run.ts';
import { readPng } from '../read-png.ts';

/** A checkpoint makes a picture of the size that was asked for. */
export const modelSamplesAPicture: ConformanceCheck = {
  id: 'model-samples-a-picture',
  area: 'sampling',
  statement: 'A checkpoint makes a picture of the size that was asked for',
  async run(context) {
    const ended = await runToSuccess(context, await modelGraph(context, { steps: 2, side: sampledSide }), {
      timeoutMs: context.target.modelPatienceMs,
    });
    const { width, height } = readPng((await context.view(picturesOf(ended, 'shown')[0])).bytes);
    return compare({ width: sampledSide, height: sampledSide }, { width, height });
  },
};
