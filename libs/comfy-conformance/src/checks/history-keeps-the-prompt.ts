import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { readForm } from '../http-exchange.ts';
import { runToSuccess } from '../prompt-run.ts';

const nodeForm = z.object({ class_type: z.string(), inputs: z.record(z.string(), z.unknown()) });

/** History keeps number, id, graph and output nodes of a prompt. */
export const historyKeepsThePrompt: ConformanceCheck = {
  id: 'history-keeps-the-prompt',
  area: 'history',
  statement: 'History keeps number, id, graph and output nodes of a prompt',
  async run(context) {
    const graph = shownPicture();
    const { promptId, number, entry } = await runToSuccess(context, graph);
    const [keptNumber, keptId, keptGraph, , targets] = entry.prompt;
    const bare = Object.fromEntries(
      Object.entries(keptGraph).map(([id, kept]) => [id, readForm(nodeForm, kept, 'nodes with class and inputs')]),
    );
    return compare(
      { number, promptId, graph, targets: ['shown'] },
      { number: keptNumber, promptId: keptId, graph: bare, targets },
    );
  },
};
