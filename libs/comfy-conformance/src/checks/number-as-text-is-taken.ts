import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { freshColour, node } from '../graph.ts';
import { picturesOf, runToSuccess } from '../prompt-run.ts';
import { readPng } from '../read-png.ts';

/** A number as text is taken as the number. */
export const numberAsTextIsTaken: ConformanceCheck = {
  id: 'number-as-text-is-taken',
  area: 'validation',
  statement: 'A number as text is taken as the number',
  async run(context) {
    const picture = node('EmptyImage', { width: '20', height: 8, batch_size: 1, color: freshColour() });
    const ended = await runToSuccess(context, { picture, shown: node('PreviewImage', { images: ['picture', 0] }) });
    const { width, height } = readPng((await context.view(picturesOf(ended, 'shown')[0])).bytes);
    return compare({ width: 20, height: 8 }, { width, height });
  },
};
