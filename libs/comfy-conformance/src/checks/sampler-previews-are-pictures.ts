import type { ConformanceCheck } from '../check.ts';
import { compare, notAvailable } from '../finding.ts';
import { modelGraph, sampledSide } from '../model-run.ts';
import { runToSuccess } from '../prompt-run.ts';
import { readFrame } from '../read-frame.ts';

/** Previews of a sampler are binary messages of type 1 with a picture of the named format. */
export const samplerPreviewsArePictures: ConformanceCheck = {
  id: 'sampler-previews-are-pictures',
  area: 'previews',
  statement: 'Previews of a sampler are binary messages of type 1 with a picture of the named format',
  async run(context) {
    const socket = await context.openSocket();
    await runToSuccess(context, await modelGraph(context, { steps: 2, side: sampledSide }), {
      socket,
      timeoutMs: context.target.modelPatienceMs,
    });
    if (socket.frames.length === 0) return notAvailable('the server sends no previews (--preview-method)');
    const frames = socket.frames.map(readFrame);
    return compare(
      frames.map(({ format }) => [1, format]),
      frames.map(({ type, said }) => [type, said]),
    );
  },
};
