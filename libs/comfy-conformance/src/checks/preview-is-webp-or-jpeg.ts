import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { shownPicture } from '../graph.ts';
import { picturesOf, runToSuccess } from '../prompt-run.ts';

/** /view with preview converts to WebP or JPEG. */
export const previewIsWebpOrJpeg: ConformanceCheck = {
  id: 'preview-is-webp-or-jpeg',
  area: 'view',
  statement: '/view with preview converts to WebP or JPEG',
  async run(context) {
    const ended = await runToSuccess(context, shownPicture());
    const webp = await context.view(picturesOf(ended, 'shown')[0], { preview: 'webp;90' });
    const jpeg = await context.view(picturesOf(ended, 'shown')[0], { preview: 'jpeg;80' });
    const seen = [
      webp.contentType,
      webp.bytes.toString('latin1', 8, 12),
      jpeg.contentType,
      jpeg.bytes.toString('hex', 0, 3),
    ];
    return compare(['image/webp', 'WEBP', 'image/jpeg', 'ffd8ff'], seen);
  },
};
