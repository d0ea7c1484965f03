import { randomUUID } from 'node:crypto';
import type { ConformanceCheck } from '../check.ts';
import { compare } from '../finding.ts';
import { node } from '../graph.ts';
import { submitRefused } from '../prompt-run.ts';
import { inputOfUpload } from '../upload.ts';

/** LoadImage of a file that is not there is refused before it is queued. */
export const absentPictureIsRefused: ConformanceCheck = {
  id: 'absent-picture-is-refused',
  area: 'uploads',
  statement: 'LoadImage of a file that is not there is refused before it is queued',
  async run(context) {
    const { nodes } = await submitRefused(context, {
      prompt: {
        loaded: node('LoadImage', { image: inputOfUpload(`${randomUUID()}.png`) }),
        shown: node('PreviewImage', { images: ['loaded', 0] }),
      },
    });
    return compare([{ type: 'custom_validation_failed', input: 'image' }], nodes.get('loaded')?.faults);
  },
};
