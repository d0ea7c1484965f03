import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { runToEnd } from '../prompt-run.ts';

/** A prompt keeps the number that its client gave. */
export const numberOfTheClientIsKept: ConformanceCheck = {
  id: 'number-of-the-client-is-kept',
  area: 'submission',
  statement: 'A prompt keeps the number that its client gave',
  async run(context) {
    const { number, entry } = await runToEnd(context, shownPicture(), { more: { number: 1_000_000.5 } });
    return compare({ number: 1_000_000.5, history: 1_000_000.5 }, { number, history: entry.prompt[0] });
  },
};
