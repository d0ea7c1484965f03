import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { readForm } from '../http-exchange.ts';
import { runToSuccess } from '../prompt-run.ts';

const stateForm = z.object({
  prompt_id: z.string(),
  nodes: z.record(z.string(), z.object({ state: z.string(), value: z.number(), max: z.number() })),
});

/** progress_state shows each node running and then finished. */
export const progressStateFollowsEachNode: ConformanceCheck = {
  id: 'progress-state-follows-each-node',
  area: 'events',
  statement: 'progress_state shows each node running and then finished',
  async run(context) {
    const { events, promptId } = await runToSuccess(context, shownPicture());
    const told = events
      .filter(({ type }) => type === 'progress_state')
      .map(({ data }) => readForm(stateForm, data, 'progress_state with nodes'));
    const states = (id: string) => [...new Set(told.flatMap(({ nodes }) => nodes[id]?.state ?? []))];
    const expected = ['running', 'finished'];
    return compare(
      { picture: expected, shown: expected, ids: [promptId] },
      { picture: states('picture'), shown: states('shown'), ids: [...new Set(told.map(({ prompt_id: id }) => id))] },
    );
  },
};
