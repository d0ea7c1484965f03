import { randomUUID } from 'node:crypto';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { submit } from '../prompt-run.ts';

/** A prompt keeps the id that its client gave. */
export const promptIdOfTheClientIsKept: ConformanceCheck = {
  id: 'prompt-id-of-the-client-is-kept',
  area: 'submission',
  statement: 'A prompt keeps the id that its client gave',
  async run(context) {
    const promptId = randomUUID();
    const { promptId: given } = await submit(context, shownPicture(), { prompt_id: promptId });
    return compare(promptId, given);
  },
};
