import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { freshColour, node, pictureSize } from '../graph.ts';
import { picturesOf, runToSuccess } from '../prompt-run.ts';

/** A batch becomes one file for each picture. */
export const batchIsOneFileEach: ConformanceCheck = {
  id: 'batch-is-one-file-each',
  area: 'images',
  statement: 'A batch becomes one file for each picture',
  async run(context) {
    const picture = node('EmptyImage', { ...pictureSize, batch_size: 3, color: freshColour() });
    const ended = await runToSuccess(context, { picture, shown: node('PreviewImage', { images: ['picture', 0] }) });
    return compare(3, new Set(picturesOf(ended, 'shown').map(({ filename }) => filename)).size);
  },
};
