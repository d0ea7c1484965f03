import { randomUUID } from 'node:crypto';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { node } from '../graph.ts';
import { readHistory, submitRefused } from '../prompt-run.ts';
import { queueForm } from '../protocol-forms.ts';

/** A refused prompt is neither in the queue nor in history. */
export const refusedPromptLeavesNoTrace: ConformanceCheck = {
  id: 'refused-prompt-leaves-no-trace',
  area: 'validation',
  statement: 'A refused prompt is neither in the queue nor in history',
  async run(context) {
    const promptId = randomUUID();
    await submitRefused(context, { prompt: { a: node('PreviewImage', {}) }, prompt_id: promptId });
    const queue = (await context.ask('/queue')).read(queueForm);
    const queued = [...queue.queue_running, ...queue.queue_pending].some(([, id]) => id === promptId);
    return compare({ queued: false, history: null }, { queued, history: await readHistory(context, promptId) });
  },
};
