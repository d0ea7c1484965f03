import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { evenPicture, freshColour, node } from '../graph.ts';
import { begunNodes, runToSuccess } from '../prompt-run.ts';
import { withoutOption } from '../without-option.ts';

/** After a change, the changed node and those that need it run; the others are cached. */
export const changedNodeRunsWithWhatFollows: ConformanceCheck = {
  id: 'changed-node-runs-with-what-follows',
  area: 'cache',
  statement: 'After a change, the changed node and those that need it run; the others are cached',
  async run(context) {
    withoutOption(context, '--cache-none');
    const socket = await context.openSocket();
    const scaled = (width: number) => ({
      picture,
      scaled: node('ImageScale', {
        image: ['picture', 0],
        upscale_method: 'nearest-exact',
        width,
        height: 8,
        crop: 'disabled',
      }),
      shown: node('PreviewImage', { images: ['scaled', 0] }),
    });
    const picture = evenPicture(freshColour());
    await runToSuccess(context, scaled(8), { socket });
    const { events } = await runToSuccess(context, scaled(12), { socket });
    const cached = events.find(({ type }) => type === 'execution_cached')?.data['nodes'];
    return compare({ cached: ['picture'], begun: ['scaled', 'shown'] }, { cached, begun: begunNodes(events) });
  },
};
