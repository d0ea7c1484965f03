import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { picturesOf, runToSuccess } from '../prompt-run.ts';

/** PreviewImage writes a temporary file. */
export const previewImageGoesToTemp: ConformanceCheck = {
  id: 'preview-image-goes-to-temp',
  area: 'png',
  statement: 'PreviewImage writes a temporary file',
  async run(context) {
    const ended = await runToSuccess(context, shownPicture());
    return compare(
      ['temp'],
      picturesOf(ended, 'shown').map(({ type }) => type),
    );
  },
};
