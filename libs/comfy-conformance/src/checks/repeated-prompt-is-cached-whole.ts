import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownInvertedPicture } from '../graph.ts';
import { begunNodes, runToSuccess } from '../prompt-run.ts';
import { withoutOption } from '../without-option.ts';

/** A prompt sent again begins no node and names all of them in execution_cached. */
export const repeatedPromptIsCachedWhole: ConformanceCheck = {
  id: 'repeated-prompt-is-cached-whole',
  area: 'cache',
  statement: 'A prompt sent again begins no node and names all of them in execution_cached',
  async run(context) {
    withoutOption(context, '--cache-none');
    const socket = await context.openSocket();
    const graph = shownInvertedPicture();
    await runToSuccess(context, graph, { socket });
    const { events } = await runToSuccess(context, graph, { socket });
    const cached = events.find(({ type }) => type === 'execution_cached')?.data['nodes'];
    return compare(
      { cached: ['inverted', 'picture', 'shown'], begun: [] },
      { cached: Array.isArray(cached) ? cached.map(String).sort() : cached, begun: begunNodes(events) },
    );
  },
};
