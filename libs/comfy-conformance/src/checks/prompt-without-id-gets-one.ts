import { z } from 'zod';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { acceptedForm } from '../protocol-forms.ts';

/** A prompt without an id is given one. */
export const promptWithoutIdGetsOne: ConformanceCheck = {
  id: 'prompt-without-id-gets-one',
  area: 'submission',
  statement: 'A prompt without an id is given one',
  async run(context) {
    const reply = await context.post('/prompt', { prompt: shownPicture() });
    const { prompt_id: promptId } = reply.read(acceptedForm);
    context.remember(promptId);
    return compare(
      { status: 200, isUuid: true },
      { status: reply.status, isUuid: z.uuid().safeParse(promptId).success },
    );
  },
};
