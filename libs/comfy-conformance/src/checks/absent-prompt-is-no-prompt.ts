import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { refusedForm } from '../protocol-forms.ts';

/** A body without a prompt is refused as no_prompt. */
export const absentPromptIsNoPrompt: ConformanceCheck = {
  id: 'absent-prompt-is-no-prompt',
  area: 'validation',
  statement: 'A body without a prompt is refused as no_prompt',
  async run(context) {
    const reply = await context.post('/prompt', {});
    const { error } = reply.read(refusedForm);
    return compare({ status: 400, type: 'no_prompt' }, { status: reply.status, type: error.type });
  },
};
