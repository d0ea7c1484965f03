import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { picturesOf, runToSuccess } from '../prompt-run.ts';

/** /view of a PNG has the content type image/png. */
export const viewTellsTheContentType: ConformanceCheck = {
  id: 'view-tells-the-content-type',
  area: 'view',
  statement: '/view of a PNG has the content type image/png',
  async run(context) {
    const ended = await runToSuccess(context, shownPicture());
    const reply = await context.view(picturesOf(ended, 'shown')[0]);
    return compare(
      { type: 'image/png', isPng: true },
      { type: reply.contentType, isPng: reply.bytes.toString('latin1', 1, 4) === 'PNG' },
    );
  },
};
