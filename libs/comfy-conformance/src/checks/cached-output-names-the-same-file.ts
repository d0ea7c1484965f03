import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { runToSuccess } from '../prompt-run.ts';
import { withoutOption } from '../without-option.ts';

/** A cached output tells executed again, with the file of the first run. */
export const cachedOutputNamesTheSameFile: ConformanceCheck = {
  id: 'cached-output-names-the-same-file',
  area: 'cache',
  statement: 'A cached output tells executed again, with the file of the first run',
  async run(context) {
    withoutOption(context, '--cache-none');
    const socket = await context.openSocket();
    const graph = shownPicture();
    const first = await runToSuccess(context, graph, { socket });
    const second = await runToSuccess(context, graph, { socket });
    const told = second.events.find(({ type }) => type === 'executed')?.data['output'];
    const output = first.entry.outputs['shown'];
    return compare({ history: output, told: output }, { history: second.entry.outputs['shown'], told });
  },
};
