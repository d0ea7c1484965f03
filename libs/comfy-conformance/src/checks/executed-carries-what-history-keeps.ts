import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { runToSuccess } from '../prompt-run.ts';

/** executed carries the output that history keeps. */
export const executedCarriesWhatHistoryKeeps: ConformanceCheck = {
  id: 'executed-carries-what-history-keeps',
  area: 'events',
  statement: 'executed carries the output that history keeps',
  async run(context) {
    const { events, entry } = await runToSuccess(context, shownPicture());
    const told = events.find(({ type }) => type === 'executed')?.data;
    return compare(
      { node: 'shown', display: 'shown', output: entry.outputs['shown'] },
      { node: told?.['node'], display: told?.['display_node'], output: told?.['output'] },
    );
  },
};
