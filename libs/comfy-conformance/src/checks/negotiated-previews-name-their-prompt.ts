import type { ConformanceCheck } from '../check.ts';
import { compare, notAvailable, Unmet } from '../finding.ts';
import { modelGraph, sampledSide } from '../model-run.ts';
import { runToSuccess } from '../prompt-run.ts';
import { readFrame } from '../read-frame.ts';

/** To a client that asked for it, previews come as type 4 and name prompt and node. */
export const negotiatedPreviewsNameTheirPrompt: ConformanceCheck = {
  id: 'negotiated-previews-name-their-prompt',
  area: 'previews',
  statement: 'To a client that asked for it, previews come as type 4 and name prompt and node',
  async run(context) {
    const socket = await context.openSocket();
    socket.send({ type: 'feature_flags', data: { supports_preview_metadata: true } });
    await socket.until('feature_flags', ({ type }) => type === 'feature_flags');
    const { promptId } = await runToSuccess(context, await modelGraph(context, { steps: 2, side: sampledSide }), {
      socket,
      timeoutMs: context.target.modelPatienceMs,
    });
    if (socket.frames.length === 0) return notAvailable('the server sends no previews (--preview-method)');
    const heard = socket.frames.map(readFrame);
    const frames = heard.filter(({ facts }) => facts === null || facts['prompt_id'] === promptId);
    if (frames.length === 0) throw new Unmet(`previews of prompt ${promptId}`, heard[0]?.facts ?? 'none');
    const seen = frames.map(({ type, facts, said }) => [
      type,
      facts?.['prompt_id'],
      facts?.['node_id'],
      facts?.['display_node_id'],
      said,
    ]);
    return compare(
      frames.map(({ format }) => [4, promptId, 'sampled', 'sampled', format]),
      seen,
    );
  },
};
